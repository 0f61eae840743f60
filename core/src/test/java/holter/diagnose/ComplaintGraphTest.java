package holter.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The graph in both directions: the sick leader, the sick follower, the one that woke up. */
class ComplaintGraphTest {
  private final List<Seen<Fact.Complaint>> said = new ArrayList<>();

  private void says(int complainer, int target, ComplaintKind kind, long atMs) {
    var fact = new Fact.Complaint(complainer, target, kind, 1, atMs, atMs, "line");
    said.add(new Seen<>(new Observation(Source.BROKER_LOGS, "" + complainer, atMs, fact), fact));
  }

  private ComplaintGraph graph() {
    return new ComplaintGraph(said);
  }

  @Test
  void manyAgainstOneNameTheOne() {
    says(1002, 1001, ComplaintKind.NO_ANSWER, 1_000);
    says(1003, 1001, ComplaintKind.NO_ANSWER, 31_000);
    assertThat(graph().accusers(1001)).containsExactly(1002, 1003);
    assertThat(graph().pointsAt(1001)).isGreaterThan(graph().pointsAt(1002));
  }

  @Test
  void oneAgainstAllInOneSecondHasJustWokenUp() {
    for (int target : List.of(1002, 1003, 1004, 1005)) {
      says(1001, target, ComplaintKind.NO_ANSWER, 50_000 + target % 10 * 100);
    }
    assertThat(graph().wokeUp(1001)).isPresent();
    assertThat(graph().targetsOfBurst(1001)).isEqualTo(4);
    assertThat(graph().accusers(1003)).as("the targets are innocent").isEmpty();
  }

  @Test
  void oneAgainstAllOverMinutesIsNoWakeUp() {
    for (int target : List.of(1002, 1003, 1004)) {
      says(1001, target, ComplaintKind.NO_ANSWER, 30_000L * (target - 1000));
    }
    assertThat(graph().wokeUp(1001)).isEmpty();
    assertThat(graph().accusers(1002)).containsExactly(1001);
  }

  @Test
  void oneLeaderThatEjectsManyIsItselfTheCommonEnd() {
    says(1001, 1002, ComplaintKind.ISR_EJECTED, 1_000);
    says(1001, 1003, ComplaintKind.ISR_EJECTED, 1_000);
    assertThat(graph().ejectsMany(1001)).isPresent();
    assertThat(graph().pointsAt(1001)).isPositive();
    assertThat(graph().pointsAt(1002)).isZero();
  }

  @Test
  void manyLeadersThatEjectOneNameTheFollower() {
    says(1004, 1001, ComplaintKind.ISR_EJECTED, 1_000);
    says(1005, 1001, ComplaintKind.ISR_EJECTED, 2_000);
    assertThat(graph().ejectorsOf(1001)).containsExactly(1004, 1005);
    assertThat(graph().pointsAt(1001)).isEqualTo(2);
    assertThat(graph().pointsAt(1004)).isZero();
  }

  @Test
  void theSameAccuserCountsOnceHoweverOftenItComplains() {
    for (int i = 0; i < 9; i++) {
      says(1002, 1001, ComplaintKind.NO_ANSWER, 1_000L * i);
      says(1002, 1001, ComplaintKind.REFUSED, 1_000L * i);
    }
    assertThat(graph().accusers(1001)).containsExactly(1002);
  }
}
