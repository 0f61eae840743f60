package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.server.remedy.PlanRun.Symptom.Outcome;
import holter.server.remedy.PlanRun.Symptom.Seen;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BeatsBackTest {
  /** Each look at the clock is ten seconds later. */
  private final AtomicLong clock = new AtomicLong();

  private final AtomicInteger open = new AtomicInteger();

  private final class Ears implements BeatsBack.Ears {
    private final ArrayDeque<Set<String>> left;

    Ears(List<Set<String>> heard) {
      left = new ArrayDeque<>(heard);
      open.incrementAndGet();
    }

    @Override
    public Set<String> heard() {
      return left.size() > 1 ? left.removeFirst() : left.getFirst();
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  private Seen watch(String instance, @Nullable Set<String> successors, List<Set<String>> heard)
      throws InterruptedException {
    return new BeatsBack(
            instance,
            () -> Optional.ofNullable(successors),
            () -> new Ears(heard),
            () -> clock.addAndGet(10_000),
            Duration.ofMillis(1))
        .watch();
  }

  @Test
  void aWorkerThatIsHeardAgainIsBack() throws InterruptedException {
    assertThat(watch("dac-7", Set.of(), List.of(Set.of(), Set.of("dac-1", "dac-7"))))
        .isEqualTo(Seen.gone("dac-7 beats"));
    assertThat(open.get()).isZero();
  }

  @Test
  void itsSuccessorBeatsInItsStead() throws InterruptedException {
    assertThat(watch("dac-x1", Set.of("dac-x2"), List.of(Set.of("dac-y"), Set.of("dac-x2"))))
        .isEqualTo(Seen.gone("dac-x2 beats, in the stead of dac-x1"));
  }

  @Test
  void oneThatIsNotHeardInTwoMinutesIsNotBackHoweverManyOthersAre() throws InterruptedException {
    assertThat(watch("dac-7", Set.of("dac-8"), List.of(Set.of("dac-1", "dac-2"))))
        .isEqualTo(Seen.stays("no beat of dac-7 came in 120 s"));
    assertThat(open.get()).isZero();
  }

  @Test
  void whereItIsNotToldWhoCameForItItsSilenceProvesNothing() throws InterruptedException {
    assertThat(watch("dac-7", null, List.of(Set.of("dac-8"))).outcome())
        .isEqualTo(Outcome.UNPROVED);
    assertThat(watch("dac-7", null, List.of(Set.of("dac-7")))).isEqualTo(Seen.gone("dac-7 beats"));
  }

  @Test
  void oneThatNobodyEverHeardIsNotProvedByHearing() throws InterruptedException {
    assertThat(watch("", Set.of("dac-8"), List.of(Set.of("dac-8"))).outcome())
        .isEqualTo(Outcome.UNPROVED);
    assertThat(clock.get()).as("waited for").isZero();
  }
}
