package holter.server.remedy;

import holter.channel.PathState;
import holter.engine.View;
import holter.remedy.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The symptom of a sick channel: the paths of some partitions. Gone when every one of them has been
 * well for long enough; a path of which nothing is known is not well.
 */
public final class PathsWell implements PlanRun.Symptom {
  private static final Duration GLANCE = Duration.ofMillis(250);

  /** A follower that hangs in the ISR keeps paths sick until it is ejected: 30 s by default. */
  private static final Duration TO_HEAL = Duration.ofSeconds(90);

  private final Set<Integer> wanted;
  private final Supplier<Map<Integer, PathState>> paths;
  private final Duration healthyFor;
  private final LongSupplier clockMs;

  /**
   * @param wanted partitions to be watched; none: all that there are
   * @param paths what each partition's path is held to be now
   */
  public PathsWell(
      Set<Integer> wanted,
      Supplier<Map<Integer, PathState>> paths,
      Duration healthyFor,
      LongSupplier clockMs) {
    this.wanted = Set.copyOf(wanted);
    this.paths = paths;
    this.healthyFor = healthyFor;
    this.clockMs = clockMs;
  }

  /** The paths that a plan is about, as the engine sees them. */
  public static PathsWell seen(
      Plan plan, Supplier<View> view, Duration healthyFor, LongSupplier clockMs) {
    return new PathsWell(
        plan.partitions(),
        () ->
            view.get().partitions().stream()
                .collect(Collectors.toMap(View.Partition::number, View.Partition::path)),
        healthyFor,
        clockMs);
  }

  @Override
  public Seen watch() throws InterruptedException {
    long endMs = clockMs.getAsLong() + TO_HEAL.plus(healthyFor).toMillis();
    long sinceMs = -1;
    Map<Integer, PathState> now = Map.of();
    while (clockMs.getAsLong() < endMs) {
      Thread.sleep(GLANCE);
      now = watched();
      boolean well =
          !now.isEmpty()
              && now.keySet().containsAll(wanted)
              && now.values().stream().allMatch(PathState.Healthy.class::isInstance);
      long atMs = clockMs.getAsLong();
      sinceMs = !well ? -1 : sinceMs < 0 ? atMs : sinceMs;
      if (well && atMs - sinceMs >= healthyFor.toMillis()) {
        return Seen.gone(
            "partitions %s well for %d s".formatted(now.keySet(), healthyFor.toSeconds()));
      }
    }
    return Seen.stays("not all are well: " + told(now));
  }

  private Map<Integer, PathState> watched() {
    var all = new TreeMap<>(paths.get());
    if (!wanted.isEmpty()) {
      all.keySet().retainAll(wanted);
    }
    return all;
  }

  private static String told(Map<Integer, PathState> now) {
    return now.entrySet().stream()
        .map(path -> path.getKey() + " " + path.getValue().getClass().getSimpleName())
        .collect(Collectors.joining(", "));
  }
}
