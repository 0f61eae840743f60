package holter.server.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holter.engine.Input;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SendResult;
import holter.fleet.SenderKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BeatMappingTest {
  private static final long NOW = 1_675_332_342_000L;
  private static final String OWN =
      """
      {"v":1,"kind":"beat","instance":"dac-07","incarnation":{"n":3,"boot":"5f0c"},"seq":412,\
      "intervalMs":1000,"partition":2,"partitions":5,"sentWallMs":1675332341431,"sentMonoMs":81,\
      "results":[{"p":3,"seq":410,"ackMs":7},{"p":4,"seq":411,"error":"TIMEOUT"}],"work":9312,\
      "dtus":{"count":2,"digest":"9c1f2a00"},"planned":false,"answerAt":"http://iota-n2:7410",\
      "host":"iota-n2","agent":"0.1.0","new":{"key":["of","later"]}}\
      """;

  private final BeatMapping plain = new BeatMapping(List.of(), () -> NOW);

  @Test
  void oneOfHoltersBeatsIsReadWhole() {
    Beat beat = heard(plain.map(record(2, "dac-07", OWN)));
    assertThat(beat)
        .isEqualTo(
            new Beat(
                new Beat.Sender(
                    new InstanceId("dac-07"), new Incarnation(3, "5f0c"), SenderKind.AGENT),
                412,
                1000,
                new Beat.Place(2, 77, NOW - 10),
                1_675_332_341_431L,
                9312,
                false,
                List.of(new SendResult(3, 410, 7, ""), new SendResult(4, 411, -1, "TIMEOUT")),
                "http://iota-n2:7410",
                "iota-n2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"seq\":412,", "\"intervalMs\":1000,", "\"instance\":\"dac-07\","})
  void aMissingRequiredKeyMakesItGarbledWithTheReason(String key) {
    assertThat(garbled(plain.map(record(2, "dac-07", OWN.replace(key, "")))).why()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"seq\":-4,",
        "\"seq\":4.5,",
        "\"seq\":\"412\",",
        "\"seq\":99999999999999999999999,",
        "\"seq\":[412],"
      })
  void aSequenceThatIsNoneMakesItGarbled(String seq) {
    assertThat(garbled(plain.map(record(2, "x", OWN.replace("\"seq\":412,", seq)))).why())
        .contains("seq");
  }

  @Test
  void aTruncatedBeatIsGarbledAndNeverAForeignOne() {
    var mapping = mapping("key");
    for (int length = 8; length < OWN.length(); length += 7) {
      assertThat(mapping.map(record(2, "dac-07", OWN.substring(0, length))))
          .isInstanceOf(Input.Garbled.class);
    }
  }

  @Test
  void noGarbageMakesItThrow() {
    var random = new Random(20230202);
    var mapping = mapping("json:/device/id");
    for (int round = 0; round < 20_000; round++) {
      byte[] value = OWN.getBytes(UTF_8);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        value[random.nextInt(value.length)] = (byte) random.nextInt(256);
      }
      mapping.map(new ReadRecord(0, round, 0, null, ByteBuffer.wrap(value), new Header[0]));
    }
  }

  @Test
  void aTimeFromTheFutureIsTakenAsNotTold() {
    String ahead = OWN.replace("1675332341431", Long.toString(NOW + 60_000));
    var value = ByteBuffer.wrap(ahead.getBytes(UTF_8));
    Beat beat =
        heard(plain.map(new ReadRecord(2, 77, NOW + 3_600_000, null, value, new Header[0])));
    assertThat(beat.sentWallMs()).isZero();
    assertThat(beat.place().timestampWallMs()).isZero();
  }

  @Test
  void aForeignBeatIsKnownByItsKey() {
    Beat beat = heard(mapping("key").map(record(1, "savoir-3", "anything at all")));
    assertThat(beat.from())
        .isEqualTo(
            new Beat.Sender(
                new InstanceId("savoir-3"), Incarnation.NONE, SenderKind.FOREIGN_KEYED));
    assertThat(beat.seq()).isEqualTo(-1);
    assertThat(beat.intervalMs()).isEqualTo(5000);
  }

  @Test
  void aForeignBeatIsKnownByAJsonPointerAndIsKeylessWithoutAKey() {
    String value =
        "{\"ts\":1,\"device\":{\"a\":[1,{\"id\":\"wrong\"}],\"id\":\"legacy-9\"},\"n\":4}";
    Beat beat = heard(mapping("json:/device/id").map(record(1, null, value)));
    assertThat(beat.from().id()).isEqualTo(new InstanceId("legacy-9"));
    assertThat(beat.from().kind()).isEqualTo(SenderKind.FOREIGN_KEYLESS);
    assertThat(
            heard(mapping("json:/list/1").map(record(1, null, "{\"list\":[7,8,9]}"))).from().id())
        .isEqualTo(new InstanceId("8"));
  }

  @Test
  void aForeignBeatIsKnownByAHeader() {
    var headers = new Header[] {new RecordHeader("ID", "other-1".getBytes(UTF_8))};
    var value = ByteBuffer.wrap(new byte[] {1, 2, 3});
    assertThat(
            heard(mapping("header:ID").map(new ReadRecord(0, 1, 0, null, value, headers))).from())
        .extracting(Beat.Sender::id)
        .isEqualTo(new InstanceId("other-1"));
  }

  @Test
  void holtersOwnBeatsNeedNoGroupAndAreNotTakenForForeignOnes() {
    assertThat(heard(mapping("key").map(record(2, "dac-07", OWN))).from().kind())
        .isEqualTo(SenderKind.AGENT);
  }

  @Test
  void theFirstGroupThatFindsAnIdTakesTheBeat() {
    var mapping =
        new BeatMapping(
            List.of(group("legacy", "json:/device/id", 7), group("savoir", "key", 5)), () -> NOW);
    assertThat(heard(mapping.map(record(1, "k", "{\"device\":{\"id\":\"d\"}}"))).intervalMs())
        .isEqualTo(7000);
    assertThat(heard(mapping.map(record(1, "k", "{\"other\":1}"))).intervalMs()).isEqualTo(5000);
  }

  @Test
  void whatNobodyMapsIsGarbled() {
    assertThat(garbled(plain.map(record(1, "k", "{\"x\":1}"))).why()).contains("no group");
    assertThat(garbled(mapping("json:/a").map(record(1, "k", "not json"))).why())
        .contains("no group's id");
    assertThat(garbled(mapping("key").map(record(1, "a\u0007b", "x"))).why()).contains("printable");
    assertThat(garbled(mapping("key").map(record(1, "k", null))).why()).contains("no value");
    assertThat(garbled(mapping("key").map(record(1, "k", "x".repeat(70_000)))).why())
        .contains("larger than");
  }

  @Test
  void aBeatByHttpHasNoPlaceInKafka() {
    assertThat(heard(plain.mapHttp(OWN.getBytes(UTF_8))).place()).isEqualTo(Beat.Place.HTTP);
    assertThat(plain.mapHttp("{}".getBytes(UTF_8))).isInstanceOf(Input.Garbled.class);
  }

  @Test
  void anUnknownPlaceOfAnIdIsRefusedInTheUsersWords() {
    for (String wrong : List.of("", "value", "json:device", "header:", "json:/")) {
      assertThatThrownBy(() -> IdFrom.parse(wrong))
          .hasMessageContaining("key, header:NAME or json:");
    }
  }

  private static BeatMapping mapping(String from) {
    return new BeatMapping(List.of(group("g", from, 5)), () -> NOW);
  }

  private static ForeignGroup group(String name, String from, int seconds) {
    return new ForeignGroup(name, IdFrom.parse(from), Duration.ofSeconds(seconds));
  }

  private static ReadRecord record(int partition, @Nullable String key, @Nullable String value) {
    return new ReadRecord(
        partition,
        77,
        NOW - 10,
        key == null ? null : ByteBuffer.wrap(key.getBytes(UTF_8)),
        value == null ? null : ByteBuffer.wrap(value.getBytes(UTF_8)),
        new Header[0]);
  }

  private static Beat heard(Input input) {
    assertThat(input).isInstanceOf(Input.Heard.class);
    return ((Input.Heard) input).beat();
  }

  private static Input.Garbled garbled(Input input) {
    assertThat(input).isInstanceOf(Input.Garbled.class);
    return (Input.Garbled) input;
  }

  @Test
  void whatABeatTellsOfRegistrationsIsHandedOn() {
    var told = new java.util.ArrayList<String>();
    var mapping =
        new BeatMapping(
            List.of(),
            () -> NOW,
            (beat, count, digest) ->
                told.add(beat.from().id() + " " + count + " " + Integer.toHexString(digest)));
    String beat =
        "{\"v\":1,\"kind\":\"beat\",\"instance\":\"dac-7\","
            + "\"incarnation\":{\"n\":3,\"boot\":\"b\"},"
            + "\"seq\":4,\"intervalMs\":1000%s}";
    String dtus = ",\"dtus\":{\"count\":2,\"digest\":\"9c1f2a00\"}";
    mapping.mapHttp(beat.formatted(dtus).getBytes(UTF_8));
    assertThat(told).containsExactly("dac-7 2 9c1f2a00");
    byte[] again = beat.formatted(dtus).getBytes(UTF_8);
    mapping.map(new ReadRecord(2, 77, NOW, null, ByteBuffer.wrap(again), new Header[0]));
    assertThat(told).as("read swiftly").containsExactly("dac-7 2 9c1f2a00", "dac-7 2 9c1f2a00");
    mapping.mapHttp(beat.formatted("").getBytes(UTF_8));
    assertThat(told).as("an agent that tells nothing").hasSize(2);
    assertThat(mapping.mapHttp(beat.formatted(dtus.replace("9c1f", "nine")).getBytes(UTF_8)))
        .isInstanceOf(Input.Garbled.class);
  }
}
