package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.PathState;
import holter.channel.PathWords;
import holter.channel.Sickness;
import holter.server.remedy.PlanRun.Symptom.Outcome;
import holter.words.Sentence;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PathsWellTest {
  private static final PathState WELL = new PathState.Healthy(0);
  private static final PathState SICK = new PathState.Sick(Sickness.HANG, 0, 1001);
  private static final PathState UNKNOWN =
      new PathState.Unknown(Sentence.of(PathWords.NOT_PROVED_YET));

  /** Each look at the clock is ten seconds later. */
  private final AtomicLong clock = new AtomicLong();

  private PlanRun.Symptom.Seen watch(Set<Integer> wanted, List<Map<Integer, PathState>> shown)
      throws InterruptedException {
    Deque<Map<Integer, PathState>> left = new ArrayDeque<>(shown);
    return new PathsWell(
            wanted,
            () -> left.size() > 1 ? left.removeFirst() : left.getFirst(),
            Duration.ofSeconds(15),
            () -> clock.addAndGet(10_000))
        .watch();
  }

  @Test
  void pathsThatBecomeWellAndStaySoAreTheCure() throws InterruptedException {
    assertThat(watch(Set.of(4), List.of(Map.of(4, SICK), Map.of(4, WELL))).outcome())
        .isEqualTo(Outcome.GONE);
  }

  @Test
  void aPathOfWhichNothingIsKnownIsNotWell() throws InterruptedException {
    assertThat(watch(Set.of(4), List.of(Map.of(4, UNKNOWN))).outcome()).isEqualTo(Outcome.STAYS);
    assertThat(watch(Set.of(3, 4), List.of(Map.of(4, WELL))).outcome()).isEqualTo(Outcome.STAYS);
    assertThat(watch(Set.of(), List.of(Map.of())).outcome()).isEqualTo(Outcome.STAYS);
  }

  @Test
  void whereNoneIsNamedEveryOneMustBeWell() throws InterruptedException {
    assertThat(watch(Set.of(), List.of(Map.of(3, SICK, 4, WELL))).outcome())
        .isEqualTo(Outcome.STAYS);
    assertThat(watch(Set.of(), List.of(Map.of(3, WELL, 4, WELL))).outcome())
        .isEqualTo(Outcome.GONE);
  }
}
