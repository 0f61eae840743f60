package holter.server.remedy;

import holter.remedy.Relief;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a plan promised of crowded hosts: their networks are looked at again until every promise is
 * kept in full, for queues of before take a while to drain; when the time is over, enough of it
 * will do. A host of which nothing is told speaks neither for the plan nor against it.
 */
final class RoomMade implements PlanRun.Symptom {
  /** A kubelet counts anew every 10 to 15 s, and a rate needs two of its records. */
  private static final Duration TO_COME = Duration.ofSeconds(90);

  private final List<Relief> reliefs;
  private final ToDoubleFunction<String> bytesPerS;
  private final LongSupplier clockMs;
  private final Duration glance;

  /**
   * @param bytesPerS of a host's network now, the busier direction; NaN while it is not told
   * @param clockMs any clock that goes forward
   * @param glance between two looks
   */
  RoomMade(
      List<Relief> reliefs,
      ToDoubleFunction<String> bytesPerS,
      LongSupplier clockMs,
      Duration glance) {
    this.reliefs = List.copyOf(reliefs);
    this.bytesPerS = bytesPerS;
    this.clockMs = clockMs;
    this.glance = glance;
  }

  @Override
  public Seen watch() throws InterruptedException {
    long endMs = clockMs.getAsLong() + TO_COME.toMillis();
    Map<String, Double> told = new TreeMap<>();
    boolean kept = reliefs.isEmpty();
    while (!kept && clockMs.getAsLong() < endMs) {
      Thread.sleep(glance);
      for (Relief relief : reliefs) {
        double now = bytesPerS.applyAsDouble(relief.host());
        if (Double.isFinite(now)) told.put(relief.host(), now);
      }
      kept = reliefs.stream().allMatch(relief -> kept(relief, told));
    }
    var ill = new ArrayList<String>();
    var untold = new ArrayList<String>();
    for (Relief relief : reliefs) {
      if (!told.containsKey(relief.host())) {
        untold.add(relief.host());
      } else if (!come(relief, told)) {
        ill.add(said(relief, told));
      }
    }
    if (!ill.isEmpty()) {
      return Seen.stays("no room was made: " + String.join(", ", ill));
    }
    if (!untold.isEmpty()) {
      return new Seen(
          Outcome.UNPROVED,
          "how full the network of %s is, is not told".formatted(String.join(", ", untold)));
    }
    return Seen.gone(
        reliefs.stream().map(relief -> said(relief, told)).collect(Collectors.joining(", ")));
  }

  private static boolean kept(Relief relief, Map<String, Double> told) {
    Double now = told.get(relief.host());
    return now != null && relief.kept(now);
  }

  private static boolean come(Relief relief, Map<String, Double> told) {
    Double now = told.get(relief.host());
    return now != null && relief.come(now);
  }

  private static String said(Relief relief, Map<String, Double> told) {
    return "the network of %s is %d %% full, it was %d %%, promised were %d %%"
        .formatted(
            relief.host(),
            relief.percent(told.getOrDefault(relief.host(), Double.NaN)),
            relief.beforePercent(),
            relief.promisedPercent());
  }
}
