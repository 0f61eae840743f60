package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.PartitionMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a whole ISR tells of a leader that brokers complained of. */
class IsrHistoryTest {
  private static final List<Integer> ALL = List.of(1001, 1002);

  private static Evidence whole() {
    return new Evidence().topic("HeartBeat", "kafka:1002", new PartitionMap(4, 1001, -1, ALL, ALL));
  }

  private static boolean over(Evidence evidence) {
    return IsrHistory.whole(new CaseFile(evidence.all, NOW_MS), 1001);
  }

  @Test
  void complaintsThatEndedBeforeAMinuteAreOver() {
    long then = NOW_MS - 120_000;
    assertThat(over(whole().complaint(1002, 1001, ComplaintKind.NO_ANSWER, then, then))).isTrue();
    assertThat(over(whole().complaint(1002, 1001, ComplaintKind.NO_ANSWER, then, NOW_MS - 5_000)))
        .isFalse();
  }

  @Test
  void whereNobodyComplainedNothingIsKnownToBeOver() {
    assertThat(over(whole())).isFalse();
  }
}
