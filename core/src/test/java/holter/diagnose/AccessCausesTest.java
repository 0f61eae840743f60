package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static holter.diagnose.Evidence.partition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** F49 to F55, each beside what looks like it. */
class AccessCausesTest {
  private static final String CLIENT = "dac-7";
  private static final String USER = "User:dac";

  private static Evidence well() {
    return new Evidence().map().healthy(0, 1, 2, 3, 4);
  }

  private static Evidence says(LogSign sign, String about) {
    return well().clientSays(CLIENT, sign, -1, about, 9, 5_000);
  }

  @Test
  void aTopicThatNobodyKnowsIsMissing() {
    var missing =
        says(LogSign.METADATA_MISSING, "HartBeat")
            .called("describeTopics", "HartBeat", "UNKNOWN_TOPIC_OR_PARTITION");
    assertThat(Told.confirmed(missing, CauseCode.F49).subject().name(What.TOPIC))
        .contains("HartBeat");
    Told.not(
        missing.clientSays(CLIENT, LogSign.ACCESS_DENIED, -1, "HartBeat", 9, 5_000), CauseCode.F49);
    Told.nothing(says(LogSign.METADATA_MISSING, "HeartBeat"));
  }

  @Test
  void aTopicMadeByAMisspeltQuestionHasOneCopy() {
    var made =
        well()
            .topic("HartBeat", "kafka:1002", partition(0, 1002, List.of(1002), 1002))
            .says(1002, LogSign.TOPIC_CREATED_BY_ASKING, "HartBeat", 1);
    Told.confirmed(made, CauseCode.F49);
    Told.nothing(well().says(1002, LogSign.TOPIC_CREATED_BY_ASKING, "__consumer_offsets", 1));
  }

  @Test
  void partitionsThatWereAddedMoveKeys() {
    var one = partition(0, 1002, List.of(1002), 1002);
    var two = partition(1, 1003, List.of(1003), 1003);
    var grown =
        new Evidence()
            .topic("Pulse", "kafka:1002", one)
            .topic("Pulse", "kafka:1002", one, two)
            .says(1002, LogSign.PARTITIONS_ADDED, "Pulse", 1);
    Told.confirmed(grown, CauseCode.F50);
    Told.nothing(
        new Evidence().topic("Pulse", "kafka:1002", one).topic("Pulse", "kafka:1003", one, two));
  }

  @Test
  void whoIsDeniedIsNamed() {
    var denied =
        says(LogSign.ACCESS_DENIED, "HeartBeat").says(1002, LogSign.ACCESS_DENIED, USER, 9);
    assertThat(Told.confirmed(denied, CauseCode.F51).subject().name(What.PRINCIPAL)).contains(USER);
    Told.nothing(well().called("describeConfigs", "1001", "CLUSTER_AUTHORIZATION_FAILED"));
    var own = well().called("listOffsets", "HeartBeat", "TOPIC_AUTHORIZATION_FAILED").diagnose();
    assertThat(own.found()).allMatch(f -> f.confidence() == Confidence.LIKELY);
  }

  @Test
  void whatHolterAsksOfItsOwnTopicDeniesNobodyElse() {
    long at = Evidence.NOW_MS - 10_000;
    String line = "User:holter is Denied operation = DESCRIBE on Topic:LITERAL:holter-twin-Beat";
    var own = new Fact.Logged(LogSign.ACCESS_DENIED, "1002", 1002, "holter", 3, at, at, line);
    Told.nothing(well().add(Source.BROKER_LOGS, "1002", own));
  }

  @Test
  void anExpiredCertificateShutsEverybodyOut() {
    var expired =
        says(LogSign.TLS_FAILED, "")
            .add(
                Source.BROKER_REACH,
                "1001",
                new ClusterFact.CertificateSeen("iota-n2:6667", 0, NOW_MS - 9_000, "expired"));
    assertThat(Told.confirmed(expired, CauseCode.F52).subject()).isEqualTo(Subject.NONE);
    Told.nothing(
        well()
            .says(1001, LogSign.TLS_FAILED, "10.0.0.9", 3)
            .says(1001, LogSign.LOGIN_FAILED, "10.0.0.9", 1));
  }

  @Test
  void aUserWhoseLoginFailsAgainAndAgainIsNamed() {
    var refused = says(LogSign.LOGIN_FAILED, "").says(1001, LogSign.LOGIN_FAILED, USER, 30);
    assertThat(Told.confirmed(refused, CauseCode.F52).subject().name(What.PRINCIPAL))
        .contains(USER);
  }

  @Test
  void aQuotaHoldsBackWithoutAnError() {
    var quota = ClusterFact.Scope.CLIENT_QUOTA;
    var held =
        well()
            .measured(Metric.THROTTLE_MS, CLIENT, 900)
            .set(quota, CLIENT, "producer_byte_rate", "1024");
    assertThat(Told.confirmed(held, CauseCode.F53).subject().name(What.CLIENT)).contains(CLIENT);
    Told.nothing(
        well()
            .measured(Metric.THROTTLE_MS, CLIENT, 0)
            .set(quota, CLIENT, "producer_byte_rate", "1024"));
    Told.nothing(
        well()
            .measured(Metric.THROTTLE_MS, CLIENT, 3)
            .set(quota, CLIENT, "producer_byte_rate", "1024"));
  }

  @Test
  void aClientThatSpeaksAnotherVersionIsNamedAndHoltersOwnQuestionsAreNot() {
    var apart =
        says(LogSign.VERSION_UNSUPPORTED, "").says(1001, LogSign.VERSION_UNSUPPORTED, "", 9);
    Told.confirmed(apart, CauseCode.F54);
    Told.nothing(well().called("describeProducers", "1001", "UNSUPPORTED_VERSION"));
  }

  private static Evidence clocks(double aheadMs, double scrapeMs) {
    var evidence = well().load("iota-n2", 300_000, scrapeMs);
    Evidence.HOSTS
        .values()
        .forEach(
            host ->
                evidence.measured(
                    Metric.CLOCK_AHEAD_MS, host, host.equals("iota-n2") ? aheadMs : 20));
    return evidence;
  }

  @Test
  void aClockApartFromItsPeersIsNamed() {
    var apart = clocks(7_200_000, 12).clientSays(CLIENT, LogSign.TIMESTAMP_REFUSED, -1, "", 3, 0);
    assertThat(Told.confirmed(apart, CauseCode.F55).subject().host()).isEqualTo("iota-n2");
    Told.nothing(clocks(1_500, 12));
    Told.nothing(clocks(3_000, 1_900));
  }

  @Test
  void aBrokersOwnRegistrationTellsItsClock() {
    var evidence = well();
    for (int b = 1002; b <= 1006; b++) {
      evidence.registered(b, NOW_MS - 7_200_000);
    }
    Told.nothing(evidence);
    var found = evidence.registered(1001).diagnose().first().orElseThrow();
    assertThat(found.code()).isEqualTo(CauseCode.F55);
    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(found.subject().host()).isEqualTo("iota-n2");
  }
}
