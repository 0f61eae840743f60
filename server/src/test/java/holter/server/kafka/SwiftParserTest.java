package holter.server.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holter.engine.Input;
import holter.fleet.Beat;
import holter.fleet.InstanceId;
import holter.fleet.SendResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SwiftParserTest {
  private static final long NOW = 1_675_332_342_000L;
  private static final Beat.Place PLACE = new Beat.Place(2, 77, NOW);

  /** As the agent writes it. */
  private static final String PLAIN =
      """
      {"v":1,"kind":"beat","instance":"dac-07","incarnation":{"n":3,"boot":"5f0c"},"seq":412,\
      "intervalMs":1000,"partition":2,"partitions":5,"sentWallMs":1675332341431,"sentMonoMs":81,\
      "results":[{"p":3,"seq":410,"ackMs":7},{"p":4,"seq":411,"ackMs":0}],"work":9312,\
      "dtus":{"count":2,"digest":"9c1f2a00"},"planned":false,"answerAt":"http://iota-n2:7410",\
      "host":"iota-n2","agent":"0.1.0"}\
      """;

  private final KnownSenders senders = new KnownSenders();

  private @Nullable Beat swift(String text) {
    byte[] value = ("xx" + text + "yy").getBytes(UTF_8); // a piece of a larger buffer
    int length = value.length - 4;
    return new SwiftParser(value, 2, length).read(senders, PLACE, NOW);
  }

  private Beat read(String text) {
    return Objects.requireNonNull(swift(text));
  }

  /** By the parser that reads every wording: a buffer without an array is never read swiftly. */
  private static Input careful(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    var value = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    return new BeatMapping(List.of(), () -> NOW)
        .map(new ReadRecord(2, 77, NOW, null, value, new Header[0]));
  }

  @Test
  void aPlainBeatIsReadAsTheCarefulParserReadsIt() {
    assertThat(careful(PLAIN)).isEqualTo(new Input.Heard(read(PLAIN)));
    assertThat(read(PLAIN).results())
        .containsExactly(new SendResult(3, 410, 7, ""), new SendResult(4, 411, 0, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"seq\":412->\"seq\":0412",
        "\"seq\":412->\"seq\": 412",
        "\"seq\":412->\"seq\":4.5",
        "\"seq\":412->\"seq\":99999999999999999999999",
        "\"seq\":412,->",
        "\"intervalMs\":1000->\"intervalMs\":0",
        "\"instance\":\"dac-07\"->\"instance\":\" \"",
        "\"instance\":\"dac-07\",->",
        "\"dac-07\"->\"dac-\\u0030\"",
        "\"iota-n2\"->\"iotä\"",
        "\"ackMs\":7->\"error\":\"TIMEOUT\"",
        "\"p\":3->\"p\":-1",
        "\"kind\":\"beat\",->",
        "\"agent\":->\"later\":",
        "[{->{",
      })
  void whatIsWordedOtherwiseIsLeftToTheCarefulParser(String change) {
    String[] parts = change.split("->", -1);
    assertThat(PLAIN).contains(parts[0]);
    assertThat(swift(PLAIN.replace(parts[0], parts[1]))).isNull();
  }

  @Test
  void whateverItReadsOfBrokenBeatsTheCarefulParserReadsLikewise() {
    var random = new Random(20230202);
    int read = 0;
    for (int round = 0; round < 30_000; round++) {
      var text = new StringBuilder(PLAIN);
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(96)));
      }
      Beat beat = swift(text.toString());
      if (beat != null) {
        read++;
        assertThat(careful(text.toString())).as(text.toString()).isEqualTo(new Input.Heard(beat));
      }
    }
    assertThat(read).isGreaterThan(1_000);
  }

  @Test
  void aTruncatedBeatIsNone() {
    for (int length = 0; length < PLAIN.length(); length++) {
      assertThat(swift(PLAIN.substring(0, length))).isNull();
    }
  }

  @Test
  void aKnownSenderIsTheSameObjectAndANewLifeIsANewOne() {
    Beat.Sender first = read(PLAIN).from();
    assertThat(read(PLAIN).from()).isSameAs(first);
    Beat reborn = read(PLAIN.replace("\"n\":3", "\"n\":4").replace("iota-n2", "iota-n3"));
    assertThat(reborn.from().incarnation().counter()).isEqualTo(4);
    assertThat(reborn.host()).isEqualTo("iota-n3");
  }

  @Test
  void moreSendersThanItsTableHoldsAreToldApart() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 80_000; i++) {
        Beat beat = read(PLAIN.replace("dac-07", "dac-" + i));
        assertThat(beat.from().id()).isEqualTo(new InstanceId("dac-" + i));
      }
    }
  }

  @Test
  void aResultTooLargeForItsNumberIsLeftToTheCarefulParser() {
    assertThat(swift(PLAIN.replace("\"ackMs\":7", "\"ackMs\":262143"))).isNotNull();
    String late = PLAIN.replace("\"ackMs\":7", "\"ackMs\":262144");
    assertThat(swift(late)).isNull();
    assertThat(careful(late)).isInstanceOf(Input.Heard.class);
  }
}
