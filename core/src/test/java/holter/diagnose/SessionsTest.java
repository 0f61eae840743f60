package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A broker that comes and goes, and what a start has to do with it. */
class SessionsTest {
  private static Evidence flapping() {
    return new Evidence()
        .map()
        .healthy(0, 1, 2, 3)
        .othersAnswer()
        .reach(1001, Reach.ANSWERED, 3)
        .says(1001, LogSign.SESSION_EXPIRED, "", 3, NOW_MS - 200_000, NOW_MS - 20_000)
        .says(1001, LogSign.REGISTERED_AGAIN, "", 3, NOW_MS - 190_000, NOW_MS - 10_000)
        .registered(1001, NOW_MS - 10_000)
        .log(1001, NOW_MS - 2_000, 0);
  }

  private static Evidence startedAgo(long ms) {
    return flapping().says(1001, LogSign.STARTED, "", 1, NOW_MS - ms, NOW_MS - ms);
  }

  @Test
  void aBrokerThatRegistersAgainAndAgainWithoutStartingFlaps() {
    Told.confirmed(flapping(), CauseCode.F05, 1001, "iota-n2");
  }

  @Test
  void aBrokerThatAnswersAndIsNotRegisteredIsUpAndOut() {
    var out =
        new Evidence()
            .map(List.of(1002, 1003), 1002, 1003, 1004, 1005, 1006)
            .othersAnswer()
            .reach(1001, Reach.ANSWERED, 3)
            .gone(1001)
            .says(1001, LogSign.HEARTBEAT_TO_CONTROLLER_LATE, "", 9);
    assertThat(Told.codes(out.diagnose())).containsExactly(CauseCode.F05);
  }

  @Test
  void whatIsLostLongAfterAStartIsNotOfIt() {
    Told.confirmed(startedAgo(210_000), CauseCode.F05, 1001, "iota-n2");
  }

  @Test
  void whatIsLostWithAStartIsOfIt() {
    Told.not(startedAgo(15_000), CauseCode.F05);
    Told.not(startedAgo(60_000), CauseCode.F05);
  }
}
