package holter.lab.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import holter.lab.cases.CaseReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DisguiseTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Disguise OTHER =
      new Disguise(
          "HeartBeat",
          Map.of("HeartBeat", "beat-7", "kafka-1", "oak-3", "kafka-10", "elm-9", "DAC-1", "unit-5"),
          Map.of(1001, 7, 1002, 1001),
          Map.of(0, 2, 1, 0, 2, 1));

  @TempDir private Path folder;

  private static JsonNode disguised(String yaml) throws Exception {
    return OTHER.of(YAML.readTree(yaml));
  }

  @Test
  void aNameIsReplacedWhereverItStandsAsAWholeWord() {
    assertThat(OTHER.text("[Partition HeartBeat-1 broker=1001] ISR from 1001,1002 to 1002"))
        .isEqualTo("[Partition beat-7-0 broker=7] ISR from 7,1001 to 1001");
    assertThat(OTHER.text("kafka-10:6667 (id: 1001), kafka-1, kafka-12, HeartBeats, DAC-11"))
        .isEqualTo("elm-9:6667 (id: 7), oak-3, kafka-12, HeartBeats, DAC-11");
    assertThat(OTHER.text("took 10010 ms, 0.1001, 1001.5, v1001")).doesNotContain("7");
  }

  @Test
  void numbersChangeByWhatTheyAre() throws Exception {
    var path = disguised("{fact: {type: PathSeen, partition: 1, leaderId: 1001, count: 1001}}");
    assertThat(path.at("/fact").toString())
        .isEqualTo("{\"type\":\"PathSeen\",\"partition\":0,\"leaderId\":7,\"count\":1001}");
    assertThat(disguised("{type: CanarySent, partition: 1}").path("partition").asInt())
        .isEqualTo(1);
    assertThat(disguised("{topic: orders, partition: 1}").path("partition").asInt()).isEqualTo(1);
    assertThat(disguised("{silentByPartition: {'1': 4}}").at("/silentByPartition/0").asInt())
        .isEqualTo(4);
  }

  @Test
  void partitionsOfAMapStayInTheOrderOfTheirNumbers() throws Exception {
    var map =
        disguised(
            "{topic: HeartBeat, partitions: [{partition: 0, isr: [1002, 1001]}, {partition: 1}]}");
    assertThat(map.path("topic").asText()).isEqualTo("beat-7");
    assertThat(map.path("partitions").toString())
        .isEqualTo("[{\"partition\":0},{\"partition\":2,\"isr\":[1001,7]}]");
  }

  @Test
  void whatACaseExpectsChangesWithIt() throws Exception {
    var expect =
        disguised(
            """
            causes: [{ code: F01, broker: 1001, host: kafka-1, partitions: [0, 2] }]
            mustNot: { brokers: [1002], text: ["broker 1002"] }
            remedy: ["start broker 1001"]
            """);
    assertThat(expect.toString())
        .contains("\"broker\":7,\"host\":\"oak-3\",\"partitions\":[2,1]")
        .contains("\"brokers\":[1001],\"text\":[\"broker 1001\"]", "start broker 7");
  }

  @Test
  void everyBuiltInCaseIsACaseUnderOtherNamesTooAndTheSameSeedGivesTheSame() {
    var shuffle = new Shuffle(folder);
    for (var one : CaseReader.builtIn()) {
      var shuffled = shuffle.of(List.of(one), 2);
      var read = shuffled.getFirst().read();
      assertThat(read.name()).isEqualTo(one.file() + "-x1");
      assertThat(read.expect().causes()).hasSameSizeAs(one.read().expect().causes());
      assertThat(shuffled.getFirst().text()).isNotEqualTo(shuffled.getLast().text());
      assertThat(shuffle.of(one, 1).text()).isEqualTo(shuffled.getFirst().text());
      for (var topic : read.topics().values()) {
        assertThat(topic.partitions().values())
            .allSatisfy(ids -> ids.forEach(id -> assertThat(read.broker(id).id()).isEqualTo(id)));
      }
    }
  }
}
