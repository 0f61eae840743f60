package holter.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.channel.PathState;
import holter.channel.PathWords;
import holter.detect.DeathProof;
import holter.detect.VerdictWords;
import holter.diagnose.Fact;
import holter.diagnose.UnaskedWords;
import holter.fleet.InstanceId;
import holter.server.text.Tongue;
import holter.words.Sentence;
import org.junit.jupiter.api.Test;

final class SentenceJsonTest {
  private static final ObjectMapper JSON = CoreJson.mapper();

  @Test
  void aSentenceInsideASentenceComesBackAsOneAndItsTextStandsInTheArguments() throws Exception {
    var said = Sentence.of(VerdictWords.ORDERED, Sentence.of(VerdictWords.MISSED, 4));
    JsonNode json = JSON.readTree(JSON.writeValueAsString(said));
    assertThat(json.path("key").asText()).isEqualTo("detect.VerdictWords.ORDERED");
    assertThat(json.path("args").path(0).asText()).isEqualTo("missed 4 slots on healthy paths");
    assertThat(json.path("said").path("0").path("key").asText())
        .isEqualTo("detect.VerdictWords.MISSED");
    assertThat(JSON.treeToValue(json, Sentence.class)).isEqualTo(said);
  }

  @Test
  void withoutAnInnerSentenceTheFormIsThatOfOld() throws Exception {
    assertThat(JSON.writeValueAsString(Sentence.of(VerdictWords.MISSED, 4)))
        .isEqualTo(
            "{\"key\":\"detect.VerdictWords.MISSED\",\"args\":[\"4\"],"
                + "\"text\":\"missed 4 slots on healthy paths\"}");
  }

  @Test
  void everyPartSpeaksTheLanguageAskedFor() throws Exception {
    var said = Sentence.of(VerdictWords.ORDERED, Sentence.of(VerdictWords.MISSED, 4));
    JsonNode json = JSON.readTree(CoreJson.writer(Tongue.ZH).writeValueAsString(said));
    assertThat(json.path("text").asText()).isEqualTo("已下达重启指令：在正常通道上错过了 4 个时隙");
    assertThat(json.path("args").path(0).asText()).isEqualTo("在正常通道上错过了 4 个时隙");
  }

  @Test
  void whatWasStoredWithPlainStringsIsStillRead() throws Exception {
    assertThat(read("{\"type\":\"Unasked\",\"subject\":\"host iota-n2\",\"why\":\"no answer\"}"))
        .isEqualTo(new Fact.Unasked(Sentence.quote("host iota-n2"), Sentence.quote("no answer")));
    assertThat(read("{\"type\":\"WorkerDead\",\"instance\":\"dac-1\",\"proof\":\"it is gone\"}"))
        .isEqualTo(new Fact.WorkerDead(new InstanceId("dac-1"), Sentence.quote("it is gone")));
    assertThat(JSON.readValue("{\"type\":\"Unknown\",\"missing\":\"no sample\"}", PathState.class))
        .isEqualTo(new PathState.Unknown(Sentence.quote("no sample")));
    assertThat(
            JSON.readValue(
                "{\"key\":\"detect.VerdictWords.ORDERED\",\"args\":[\"silent\"],\"text\":\"x\"}",
                Sentence.class))
        .isEqualTo(Sentence.of(VerdictWords.ORDERED, "silent"));
  }

  @Test
  void factsWithSentencesComeBackAsTheyWere() throws Exception {
    for (Fact fact :
        new Fact[] {
          new Fact.Unasked(
              Sentence.of(UnaskedWords.HOST, "iota-n2"),
              Sentence.of(UnaskedWords.IN_A_ROW, Sentence.of(UnaskedWords.EXPORTER_LATE, 3000), 8)),
          new Fact.WorkerDead(new InstanceId("dac-1"), Sentence.of(DeathProof.HUNG)),
          new Fact.PathSeen(4, 1001, new PathState.Unknown(Sentence.of(PathWords.NO_SAMPLE, 3000)))
        }) {
      assertThat(read(JSON.writerFor(Fact.class).writeValueAsString(fact))).isEqualTo(fact);
    }
  }

  @Test
  void aPhraseThatThisVersionDoesNotHaveIsQuoted() throws Exception {
    assertThat(
            JSON.readValue(
                "{\"key\":\"detect.VerdictWords.GONE\",\"args\":[],\"text\":\"as it was\"}",
                Sentence.class))
        .isEqualTo(Sentence.quote("as it was"));
  }

  private static Fact read(String json) throws Exception {
    return JSON.readValue(json, Fact.class);
  }
}
