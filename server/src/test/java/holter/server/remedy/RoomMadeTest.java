package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.Relief;
import holter.server.remedy.PlanRun.Symptom.Outcome;
import holter.server.remedy.PlanRun.Symptom.Seen;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RoomMadeTest {
  private static final Relief N2 = new Relief("n2", 1_000, 100, 60);
  private static final Relief N3 = new Relief("n3", 1_000, 95, 50);

  /** Each look at the clock is ten seconds later. */
  private final AtomicLong clock = new AtomicLong();

  private Seen watch(List<Relief> reliefs, double... ofN2) throws InterruptedException {
    var left = new ArrayDeque<Double>();
    for (double each : ofN2) left.add(each);
    return new RoomMade(
            reliefs,
            host ->
                !host.equals("n2")
                    ? Double.NaN
                    : left.size() > 1 ? left.removeFirst() : left.getFirst(),
            () -> clock.addAndGet(10_000),
            Duration.ofMillis(1))
        .watch();
  }

  @Test
  void aNetworkThatFallsAfterAWhileIsTheProof() throws InterruptedException {
    var seen = watch(List.of(N2), Double.NaN, 990, 850, 640);
    assertThat(seen.outcome()).isEqualTo(Outcome.GONE);
    assertThat(seen.detail())
        .isEqualTo("the network of n2 is 64 % full, it was 100 %, promised were 60 %");
  }

  @Test
  void whatIsStillDrainingIsWaitedForAndHalfOfThePromiseWillDoInTheEnd()
      throws InterruptedException {
    assertThat(watch(List.of(N2), 800, 750, 690).detail()).contains("is 69 % full");
    long beganMs = clock.get();
    assertThat(watch(List.of(N2), 800).outcome()).isEqualTo(Outcome.GONE);
    assertThat(clock.get() - beganMs).isGreaterThanOrEqualTo(90_000);
  }

  @Test
  void aNetworkThatStaysFullIsNoCureHoweverWellThePathsAre() throws InterruptedException {
    PlanRun.Symptom well = () -> Seen.gone("paths well");
    var seen = well.then(() -> watch(List.of(N2), 970)).watch();
    assertThat(seen.outcome()).isEqualTo(Outcome.UNRELIEVED);
    assertThat(seen.detail()).startsWith("paths well; no room was made: the network of n2 is 97 %");
  }

  @Test
  void aHostThatTellsNothingIsNeitherProvedNorHeldAgainstThePlan() throws InterruptedException {
    var seen = watch(List.of(N2, N3), 640);
    assertThat(seen)
        .isEqualTo(new Seen(Outcome.UNPROVED, "how full the network of n3 is, is not told"));
    assertThat(watch(List.of(N2, N3), 970).outcome()).isEqualTo(Outcome.STAYS);
  }

  @Test
  void aPlanThatPromisesNothingIsNotWaitedFor() throws InterruptedException {
    assertThat(watch(List.of(), 970)).isEqualTo(Seen.gone(""));
    assertThat(clock.get()).isLessThan(30_000);
  }

  @Test
  void whereThePathsAreSickTheHostIsNotAsked() throws InterruptedException {
    PlanRun.Symptom sick = () -> Seen.stays("not all are well");
    var seen = sick.then(() -> watch(List.of(N2), 640)).watch();
    assertThat(seen).isEqualTo(Seen.stays("not all are well"));
    assertThat(clock.get()).isZero();
  }
}
