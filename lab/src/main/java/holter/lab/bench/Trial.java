package holter.lab.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import holter.lab.sim.Faults;
import holter.lab.sim.Life;
import holter.lab.sim.SimSettings;
import holter.lab.sim.SimWorld;
import holter.lab.sim.Truth;
import java.util.List;
import java.util.Map;

/**
 * What one detector did in one scenario with one seed.
 *
 * @param scenario its id
 * @param rotating whether beats rotated over the partitions
 * @param detector its slug
 * @param seed of workers, faults and delays
 * @param deaths how many died
 * @param missed how many of them were never noticed
 * @param falseRestarts of running and healthy workers
 * @param falseVerdicts running and healthy workers that were held for dead
 * @param plannedRestarts of workers that were stopped on purpose
 * @param doubleRestarts of workers that were starting
 * @param provedS seconds to the verdict of deaths that can be proved: exited, hung, idle
 * @param inferredS seconds to the verdict of the others
 * @param held restarts held, by reason
 * @param exposureS worker-seconds under the fault
 * @param mistakes the first false restarts, in words
 */
public record Trial(
    String scenario,
    boolean rotating,
    String detector,
    long seed,
    int deaths,
    int missed,
    int falseRestarts,
    int falseVerdicts,
    int plannedRestarts,
    int doubleRestarts,
    List<Double> provedS,
    List<Double> inferredS,
    Map<String, Integer> held,
    double exposureS,
    List<String> mistakes) {

  /** Plays it. */
  static Trial of(DetectScenario scenario, boolean rotating, Contestant contestant, long seed) {
    var fleet = SimSettings.standard(rotating);
    var settings = scenario.blocking() ? fleet.withBlockingSenders() : fleet;
    var world =
        new SimWorld(settings, seed, (f, hands) -> contestant.maker().make(f, hands, scenario));
    scenario.setup().accept(new Faults(world, seed * 31 + 7));
    world.runTo(scenario.lengthMs());
    var truth = world.truth();
    truth.end();
    return new Trial(
        scenario.id(),
        rotating,
        contestant.slug(),
        seed,
        truth.deaths(),
        truth.missed().size(),
        truth.falseRestarts(),
        truth.falseVerdicts(),
        truth.plannedRestarts(),
        truth.doubleRestarts(),
        seconds(truth, true),
        seconds(truth, false),
        truth.held(),
        truth.exposureS(),
        truth.mistakes());
  }

  private static List<Double> seconds(Truth truth, boolean provable) {
    return truth.found().stream()
        .filter(f -> provable(f.death().how()) == provable)
        .map(Truth.Found::verdictAfterS)
        .sorted()
        .toList();
  }

  private static boolean provable(Life life) {
    return life == Life.EXITED || life == Life.HUNG || life == Life.IDLE;
  }

  /** Restarts that nobody needed. */
  @JsonIgnore
  int wrong() {
    return falseRestarts + plannedRestarts;
  }
}
