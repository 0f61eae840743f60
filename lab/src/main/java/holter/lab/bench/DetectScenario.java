package holter.lab.bench;

import holter.lab.sim.Faults;
import java.util.function.Consumer;

/**
 * One comparison of detectors.
 *
 * @param id its letter in docs/detection.md
 * @param title one line
 * @param lengthMs virtual time
 * @param traits what is special about it
 * @param setup puts the faults in
 */
record DetectScenario(
    String id, String title, long lengthMs, Traits traits, Consumer<Faults> setup) {
  /** Who beats. */
  enum Fleet {
    /** Workers that can be asked. */
    AGENTS,
    /** Senders of somebody else's, which cannot. */
    FOREIGN,
    /** The same, and a send to a sick leader blocks them. */
    BLOCKED
  }

  /** When a death that can be proved has to be. */
  enum Proofs {
    /** At once: a path to the truth is left throughout. */
    AT_ONCE,
    /** When the blind time is over. */
    AFTER_BLINDNESS,
    /** When its work stood longer than allowed. */
    AFTER_ALLOWANCE
  }

  /**
   * What is special.
   *
   * @param replicas how many orchestrators watch
   * @param sickPaths how many paths are sick at once, and others are not
   * @param witnessed whether somebody knocks at the hosts of workers
   */
  record Traits(Fleet fleet, Proofs proofs, int replicas, int sickPaths, boolean witnessed) {
    static final Traits NONE = new Traits(Fleet.AGENTS, Proofs.AT_ONCE, 1, 0, false);
  }

  Fleet fleet() {
    return traits.fleet();
  }

  boolean witnessed() {
    return traits.witnessed();
  }

  private DetectScenario with(Traits changed) {
    return new DetectScenario(id, title, lengthMs, changed, setup);
  }

  DetectScenario of(Fleet who) {
    return with(
        new Traits(who, traits.proofs, traits.replicas, traits.sickPaths, traits.witnessed));
  }

  DetectScenario proved(Proofs when) {
    return with(
        new Traits(traits.fleet, when, traits.replicas, traits.sickPaths, traits.witnessed));
  }

  DetectScenario replicas(int count) {
    return with(new Traits(traits.fleet, traits.proofs, count, traits.sickPaths, traits.witnessed));
  }

  DetectScenario sick(int paths) {
    return with(new Traits(traits.fleet, traits.proofs, traits.replicas, paths, traits.witnessed));
  }

  DetectScenario byWitness() {
    return with(new Traits(traits.fleet, traits.proofs, traits.replicas, traits.sickPaths, true));
  }
}
