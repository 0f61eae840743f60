package holter.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.run.LeadersWatch.Led;
import holter.lab.run.LeadersWatch.Look;
import holter.lab.scenario.ScenarioReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class MovedTest {
  private static final long ONSET = 15_000;

  private static RunTrace trace(Look... looks) {
    return trace(new Sightings(), looks);
  }

  private static RunTrace trace(Sightings sightings, Look... looks) {
    return new RunTrace(
        ScenarioReader.find("leaders-moved"),
        0,
        120_000,
        List.of(),
        List.of(),
        sightings,
        List.of(),
        Map.of(),
        new RunTrace.Dials(List.of(), List.of()),
        new RunTrace.Plain(List.of(), Map.of()),
        new RunTrace.Led(List.of(), List.of()),
        List.of(looks),
        Optional.empty());
  }

  private static Look look(long atMs, int leader, Integer... isr) {
    return new Look(
        atMs, List.of(new Led(3, 1005, List.of(1005)), new Led(4, leader, List.of(isr))));
  }

  private static Moved moved(Look... looks) {
    return Moved.of(trace(looks), OptionalLong.of(ONSET));
  }

  @Test
  void whenItLedNothingAnyMoreCountsFromTheOnset() {
    var moved =
        moved(look(0, 1001, 1001, 1002), look(27_500, 1002, 1001, 1002), look(50_000, 1002, 1002));
    assertThat(moved).isEqualTo(new Moved(12.5, 35.0, null));
  }

  @Test
  void afterAConsentTimeCountsFromThereToo() {
    var sightings = new Sightings();
    sightings.consented(25_000);
    var trace = trace(sightings, look(0, 1001, 1001), look(24_000, 1001, 1001), look(27_500, 1002));
    assertThat(Moved.of(trace, OptionalLong.of(ONSET)).afterConsentS()).isEqualTo(2.5);
    var never = trace(sightings, look(0, 1001, 1001), look(27_500, 1001, 1001));
    assertThat(Moved.of(never, OptionalLong.of(ONSET)).afterConsentS()).isNull();
  }

  @Test
  void whoGoesOnLeadingNeverMoved() {
    assertThat(moved(look(0, 1001, 1001, 1002), look(40_000, 1001, 1001)).leadsNothingAfterS())
        .isNull();
  }

  @Test
  void anIsrThatItWasNeverInIsNoneThatItLeft() {
    assertThat(moved(look(0, 1001, 1001, 1002), look(20_000, 1002, 1001)).outOfSyncAfterS())
        .isNull();
  }
}
