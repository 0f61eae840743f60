package holter.lab.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import holter.lab.sim.Faults;
import holter.lab.sim.Life;
import holter.lab.sim.SimSettings;
import holter.lab.sim.SimWorld;
import holter.lab.sim.Truth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
 * @param found the deaths that were noticed
 * @param held restarts held, by reason
 * @param heldWrongly those of them whose reason was not what was really the matter
 * @param broken promises that were broken, in words
 * @param exposureS worker-seconds under the fault
 * @param mistakes the first false restarts and wrong holds, in words
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
    List<Found> found,
    Map<String, Integer> held,
    Map<String, Integer> heldWrongly,
    List<String> broken,
    double exposureS,
    List<String> mistakes) {

  /**
   * One death that was noticed.
   *
   * @param proved whether it leaves a proof: exited, hung, idle, or its host is gone by witnesses
   * @param verdictS seconds to the verdict, from when anybody could see it
   * @param silenceS the same, from when its silence could count
   * @param waited whether that was later
   * @param quietS the same, from when it was heard last: late beats of the dead go on for a while
   * @param heldS seconds from when it was heard last until it was held; −1 when it was not
   * @param heldFor the reason; empty when it was not
   */
  public record Found(
      boolean proved,
      double verdictS,
      double silenceS,
      boolean waited,
      double quietS,
      double heldS,
      String heldFor) {
    static Found of(Truth.Found found, DetectScenario scenario) {
      boolean askable = scenario.fleet() == DetectScenario.Fleet.AGENTS;
      return new Found(
          askable && provable(found.death().how(), scenario.witnessed()),
          found.verdictAfterS(),
          found.silenceAfterS(),
          found.waited(),
          found.quietAfterS(),
          found.heldAfterS(),
          found.heldFor());
    }

    private static boolean provable(Life life, boolean witnessed) {
      return switch (life) {
        case EXITED, HUNG, IDLE -> true;
        case VANISHED -> witnessed;
        case STOPPED, RUNNING, BOOTING, PLANNED -> false;
      };
    }
  }

  /** Plays it. */
  static Trial of(DetectScenario scenario, boolean rotating, Contestant contestant, long seed) {
    var fleet = SimSettings.standard(rotating);
    var settings =
        switch (scenario.fleet()) {
          case AGENTS -> fleet;
          case FOREIGN -> fleet.withForeignSenders(false);
          case BLOCKED -> fleet.withForeignSenders(true);
        };
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
        truth.found().stream().map(f -> Found.of(f, scenario)).toList(),
        truth.held(),
        truth.heldWrongly(),
        truth.broken(),
        truth.exposureS(),
        truth.mistakes());
  }

  /** How another run of the command plays it again. */
  String replay() {
    return "holter bench detect --detectors Holter --only %s --seed %d --seeds 1"
        .formatted(scenario, seed);
  }

  /** Restarts that nobody needed. */
  @JsonIgnore
  int wrong() {
    return falseRestarts + plannedRestarts;
  }

  /** Seconds to the verdict. */
  Stream<Double> verdictS(boolean proved) {
    return found.stream().filter(f -> f.proved() == proved).map(Found::verdictS);
  }
}
