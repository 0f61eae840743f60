package holter.lab.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run that a figure needs.
 *
 * @param group runs of the same kind, the name of their directory
 * @param scenario a built-in scenario
 * @param kafka version; null for the scenario's own
 * @param seed of the draw; null for the scenario as written
 * @param faultFor how long the channel's faults last; null for the scenario's own
 */
record Job(
    String group,
    String scenario,
    @Nullable String kafka,
    @Nullable Long seed,
    @Nullable Duration faultFor) {

  /** The file of its result, below the results' directory. */
  String file() {
    return group + "/" + (seed == null ? "as-written" : "seed-%03d".formatted(seed)) + ".json";
  }

  /** All runs of the table, the cheapest proof of everything first. */
  static List<Job> all(int runs) {
    var jobs = new ArrayList<Job>();
    jobs.add(new Job("incident", "incident", null, null, null));
    jobs.add(new Job("calm", "calm", null, null, null));
    jobs.add(new Job("worker-dead", "worker-dead", null, null, null));
    jobs.add(new Job("broker-dead", "broker-dead", null, null, null));
    jobs.add(new Job("client-network", "client-network", null, null, null));
    jobs.add(new Job("incident-0.10.1.1", "incident", "0.10.1.1", null, null));
    jobs.add(new Job("incident-4.4.0", "incident", "4.4.0", null, null));
    jobs.add(new Job("incident-5-minutes", "incident", null, null, Duration.ofMinutes(5)));
    for (long seed = 1; seed <= runs; seed++) {
      jobs.add(new Job("naming-hang", "naming-hang", null, seed, null));
      jobs.add(new Job("naming-nic", "naming-nic", null, seed, null));
    }
    return jobs;
  }
}
