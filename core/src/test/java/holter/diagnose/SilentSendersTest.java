package holter.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.Sickness;
import holter.detect.ProbeOutcome;
import holter.diagnose.ClusterFact.SenderSeen;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What records that ended say of their sender, and what they do not. */
final class SilentSendersTest {
  private static final long SILENT_MS = 30_000;
  private static final long LAST_MS = Evidence.NOW_MS - SILENT_MS;

  private static Evidence sends(Evidence e, String key, int partition, long silentMs) {
    return sender(e, key, partition, silentMs, 0, Evidence.NOW_MS - silentMs);
  }

  private static Evidence sender(
      Evidence e, String key, int partition, long silentMs, long lateMs, long lastMs) {
    return e.add(
        Source.BEATS,
        "kafka",
        new SenderSeen(key, List.of(partition), 188, 500, 900, lastMs, lateMs, silentMs, 2));
  }

  /** Six go on, and all is well with Kafka. */
  private static Evidence fleet() {
    var e =
        new Evidence().map().healthy(0, 1, 2, 3, 4).othersAnswer().reach(1001, Reach.ANSWERED, 2);
    for (int n = 1; n <= 6; n++) {
      sends(e, "dac-" + n, n % 5, 100);
    }
    return e;
  }

  private static Evidence logEnds(Evidence e, String client, long atMs) {
    return e.add(
        Source.CLIENT_LOGS,
        client,
        new Fact.Logged(LogSign.LAST_LINE, client, -1, "", 1, atMs, atMs, "giving up"));
  }

  private static Diagnosis.Found f60(Evidence e) {
    var found = e.diagnose().found();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().code()).isEqualTo(CauseCode.F60);
    return found.getFirst();
  }

  @Test
  void aSenderThatEndedAmongOthersIsLikelyDead() {
    var found = f60(sends(fleet(), "dac-7", 1, SILENT_MS));
    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(found.subject().instances()).containsExactly("dac-7");
    assertThat(Told.remedies(found))
        .anyMatch(r -> r.contains("look whether its process runs") && r.contains("restart dac-7"));
  }

  @Test
  void aLogThatEndsWithTheRecordsConfirmsIt() {
    var ended = logEnds(sends(fleet(), "dac-7", 1, SILENT_MS), "dac-7", LAST_MS + 300);
    assertThat(f60(ended).confidence()).isEqualTo(Confidence.CONFIRMED);
    var quiet = logEnds(sends(fleet(), "dac-7", 1, SILENT_MS), "dac-7", LAST_MS - 500_000);
    assertThat(f60(quiet).confidence()).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void whoSaysWhyItCannotSendIsNotDead() {
    var denied = logEnds(sends(fleet(), "dac-7", 1, SILENT_MS), "dac-7", Evidence.NOW_MS - 500);
    denied.clientSays("dac-7", LogSign.REQUEST_TIMED_OUT, 1002, "", 3, 5_000);
    Told.not(denied, CauseCode.F60);
  }

  @Test
  void whoseTroubleAClientLogsIsNotKnownAndMayBeIts() {
    var any = sends(fleet(), "dac-7", 1, SILENT_MS);
    any.clientSays("gateway", LogSign.NETWORK_EXCEPTION, 1002, "", 3, 5_000);
    Told.not(any, CauseCode.F60);
  }

  @Test
  void overASickPathSilenceSaysNothing() {
    var sick = sends(fleet(), "dac-7", 4, SILENT_MS).sick(4, 1001, Sickness.HANG, 1001);
    Told.not(sick, CauseCode.F60);
  }

  @Test
  void besideASickBrokerASenderIsWaitedForUntilItsClientWouldComplain() {
    var sick = new Evidence().map().incidentPaths().othersAnswer().reach(1001, Reach.SILENT, -1);
    for (int n = 1; n <= 6; n++) {
      sends(sick, "dac-" + n, n % 2, 100);
    }
    Told.not(logEnds(sends(sick, "dac-7", 1, SILENT_MS), "dac-7", LAST_MS), CauseCode.F60);
    var late = new Evidence().map().incidentPaths().othersAnswer().reach(1001, Reach.SILENT, -1);
    for (int n = 1; n <= 6; n++) {
      sends(late, "dac-" + n, n % 2, 100);
    }
    logEnds(sends(late, "dac-7", 1, 40_000), "dac-7", LAST_MS - 500_000);
    assertThat(Told.codes(late.diagnose())).contains(CauseCode.F60);
  }

  @Test
  void thoseWhoEndTogetherHaveACauseInCommon() {
    var two = sends(sends(fleet(), "dac-7", 1, SILENT_MS), "dac-8", 1, SILENT_MS + 2_000);
    Told.not(two, CauseCode.F60);
    var apart = sends(sends(fleet(), "dac-7", 1, SILENT_MS), "dac-8", 1, SILENT_MS + 200_000);
    assertThat(Told.codes(apart.diagnose())).containsExactly(CauseCode.F60, CauseCode.F60);
  }

  @Test
  void whereManyAreSilentNoneIsSilentByItself() {
    var many = fleet();
    for (int n = 7; n <= 10; n++) {
      sends(many, "dac-" + n, 1, n * 20_000L);
    }
    Told.nothing(many);
  }

  @Test
  void whoIsLateIsNotSilent() {
    Told.nothing(sender(fleet(), "dac-7", 1, SILENT_MS, 15_000, LAST_MS));
  }

  @Test
  void whoIsSlowByNatureIsNotSilent() {
    Told.nothing(
        fleet()
            .add(
                Source.BEATS,
                "kafka",
                new SenderSeen("dac-7", List.of(1), 9, 8_000, 12_000, LAST_MS, 0, SILENT_MS, 2)));
  }

  @Test
  void aQuotaOrADenialWouldLookTheSame() {
    var limited = sends(fleet(), "dac-7", 1, SILENT_MS);
    limited.set(ClusterFact.Scope.CLIENT_QUOTA, "dac-7", "producer_byte_rate", "1024");
    Told.not(limited, CauseCode.F60);
    var denied = sends(fleet(), "dac-7", 1, SILENT_MS);
    Told.not(denied.says(1002, LogSign.ACCESS_DENIED, "User:dac", 9), CauseCode.F60);
  }

  @Test
  void whoAnswersIsNotDead() {
    var asked = sends(fleet(), "dac-7", 1, SILENT_MS);
    Told.nothing(asked.probed("dac-7", new ProbeOutcome.Answered(1, 9, 200, 5, 100)));
  }
}
