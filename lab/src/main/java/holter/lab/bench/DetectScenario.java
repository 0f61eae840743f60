package holter.lab.bench;

import holter.lab.sim.Faults;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One comparison of detectors.
 *
 * @param id its letter in docs/detection.md
 * @param title one line
 * @param lengthMs virtual time
 * @param blocking whether senders can be blocked by a send
 * @param replicas how many orchestrators watch
 * @param truthReachable whether a path to the truth of a provable death is left throughout
 * @param heldFor the reasons that a hold may name
 * @param setup puts the faults in
 */
record DetectScenario(
    String id,
    String title,
    long lengthMs,
    boolean blocking,
    int replicas,
    boolean truthReachable,
    Set<String> heldFor,
    Consumer<Faults> setup) {
  DetectScenario {
    heldFor = Set.copyOf(heldFor);
  }
}
