package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Proposal;
import holter.remedy.Relief;
import holter.remedy.Step;
import holter.server.remedy.PlanRun.Symptom.Outcome;
import holter.server.remedy.PlanRun.Symptom.Seen;
import holter.words.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PromisesTest {
  private static final Relief N2 = new Relief("n2", 1_000, 100, 60);

  private final AtomicLong clock = new AtomicLong();

  /** Room on n2, if so, and a restart of a worker that once beat under that name. */
  private static Plan plan(List<Relief> room, String instance) {
    Sentence words = Sentence.quote("x");
    var act = new KubeAct.Restart("iot", "dac-7", "u7", "iot/dac", instance);
    var steps = List.of(new Step(1, act, words, words, 1_000));
    return Plan.of(
        "k:9092", "HeartBeat", Set.of(), new Proposal(steps, List.of(), List.of(), room), 1);
  }

  private Seen watch(Plan plan, double bytesPerS, String heard) throws InterruptedException {
    var measures =
        new Promises.Measures(
            _ -> bytesPerS,
            _ -> Optional.of(Set.of("dac-8")),
            () -> () -> Set.of(heard),
            () -> clock.addAndGet(30_000),
            Duration.ofMillis(10));
    return Promises.of(plan, measures).watch();
  }

  @Test
  void everythingThatWasPromisedMustCome() throws InterruptedException {
    Plan both = plan(List.of(N2), "dac-7");
    assertThat(watch(both, 640, "dac-8").outcome()).isEqualTo(Outcome.GONE);
    assertThat(watch(both, 640, "dac-8").detail()).contains("n2 is 64 % full", "dac-8 beats");
    assertThat(watch(both, 640, "dac-1").outcome()).isEqualTo(Outcome.STAYS);
    assertThat(watch(both, Double.NaN, "dac-8").outcome()).isEqualTo(Outcome.UNPROVED);
    assertThat(watch(both, Double.NaN, "dac-1").outcome()).isEqualTo(Outcome.STAYS);
  }

  @Test
  void whereRoomDidNotComeNobodyWaitsForBeats() throws InterruptedException {
    Seen seen = watch(plan(List.of(N2), "dac-7"), 990, "dac-8");
    assertThat(seen.outcome()).isEqualTo(Outcome.STAYS);
    assertThat(seen.detail()).doesNotContain("beat");
  }

  @Test
  void whatIsAwaitedIsSaid() {
    assertThat(Promises.awaited(plan(List.of(N2), "dac-7")))
        .containsExactly("the network of n2", "a beat of dac-7");
    assertThat(Promises.awaited(plan(List.of(), ""))).isEmpty();
  }

  @Test
  void aPlanWasBegunWithItsFirstStepToTheSecond() {
    var entries =
        List.of(
            new JournalEntry(1_000, Deed.CONSENTED, 0, ""),
            new JournalEntry(2_900, Deed.INTENDED, 1, ""),
            new JournalEntry(9_000, Deed.INTENDED, 2, ""));
    assertThat(Promises.begun(entries)).isEqualTo(Instant.ofEpochSecond(2));
  }
}
