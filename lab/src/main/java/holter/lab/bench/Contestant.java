package holter.lab.bench;

import holter.engine.EngineSettings;
import holter.lab.sim.Detector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * A detector with its parameter set.
 *
 * @param family whose rule it is
 * @param parameter what was set, in words
 * @param stock whether this is what its makers ship, scaled to the interval where they scale
 * @param ours whether it is Holter's engine
 */
record Contestant(String family, String parameter, boolean stock, boolean ours, Maker maker) {
  /** Makes the detector for a scenario's fleet. */
  interface Maker {
    Detector make(holter.lab.sim.SimSettings fleet, Detector.Hands hands, DetectScenario scenario);
  }

  /** As a file name. */
  String slug() {
    return (family + "-" + parameter)
        .toLowerCase(java.util.Locale.ROOT)
        .replaceAll("[^a-z0-9.]+", "-");
  }

  /** Whether its family's name begins so, whatever the case. */
  boolean isCalled(String name) {
    return family.regionMatches(true, 0, name, 0, name.length());
  }

  /** The first one that is called so. */
  static Contestant named(String name) {
    return all().stream()
        .filter(c -> !name.isBlank() && c.isCalled(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no detector "
                        + name
                        + "; there are "
                        + all().stream()
                            .map(Contestant::family)
                            .distinct()
                            .collect(java.util.stream.Collectors.joining(", "))));
  }

  static List<Contestant> all() {
    var all = new ArrayList<Contestant>();
    for (int misses : new int[] {2, 3, 4, 6}) {
      boolean stock = misses == EngineSettings.DEFAULTS.missedSlotsMax();
      all.add(
          new Contestant(
              "Holter",
              stock ? "defaults" : misses + " misses",
              stock,
              true,
              (fleet, hands, scenario) -> new Ours(hands, scenario.traits().replicas(), misses)));
    }
    sweep(
        all,
        "fixed timeout",
        "s",
        3,
        LongStream.of(2, 3, 5, 10, 20, 30),
        s -> (fleet, hands, scenario) -> new FixedTimeout(fleet, hands, s * 1_000));
    sweep(
        all,
        "Pekko phi",
        "",
        8,
        LongStream.of(4, 8, 12, 16),
        phi -> (fleet, hands, scenario) -> new PekkoPhi(fleet, hands, phi));
    sweep(
        all,
        "Hazelcast phi, pause",
        "s",
        60,
        LongStream.of(3, 10, 20, 60),
        s -> (fleet, hands, scenario) -> new HazelcastPhi(fleet, hands, 10, s * 1_000));
    sweep(
        all,
        "Cassandra phi",
        "",
        8,
        LongStream.of(2, 4, 8, 12),
        phi -> (fleet, hands, scenario) -> new CassandraPhi(fleet, hands, phi));
    sweep(
        all,
        "Chen NFD-E, alpha",
        "s",
        2,
        LongStream.of(1, 2, 5, 10, 20),
        s -> (fleet, hands, scenario) -> new ChenNfdE(fleet, hands, s * 1_000));
    sweep(
        all,
        "Eureka, lease ×",
        "",
        1,
        LongStream.of(1, 2, 4),
        scale -> (fleet, hands, scenario) -> new EurekaRule(fleet, hands, scale));
    sweep(
        all,
        "Kubernetes zone, grace",
        "s",
        5,
        LongStream.of(3, 5, 10, 20),
        s -> (fleet, hands, scenario) -> new ZoneRule(fleet, hands, s * 1_000));
    return List.copyOf(all);
  }

  private static void sweep(
      List<Contestant> all,
      String family,
      String unit,
      long stock,
      LongStream values,
      LongFunction<Maker> maker) {
    values.forEach(
        value ->
            all.add(
                new Contestant(
                    family,
                    unit.isEmpty() ? String.valueOf(value) : value + " " + unit,
                    value == stock,
                    false,
                    maker.apply(value))));
  }
}
