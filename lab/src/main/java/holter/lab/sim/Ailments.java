package holter.lab.sim;

import java.util.Arrays;
import java.util.stream.LongStream;

/** What is the matter with a simulated world, and when it last was. Never is long ago. */
final class Ailments {
  private static final long NEVER = -1_000_000;

  private final SimWorld world;
  private long probesMs = NEVER;
  private long observerMs = NEVER;

  Ailments(SimWorld world) {
    this.world = world;
  }

  /** The way of probes changes now. */
  void probes(long nowMs) {
    probesMs = nowMs;
  }

  /** The observer cannot trust its ears until then, whatever it notices of it. */
  void observer(long untilMs) {
    observerMs = Math.max(observerMs, untilMs);
  }

  /** Whether a worker is heard on as many paths as an inference needs, and its host is well. */
  boolean hearable(int number) {
    return unhearableMs(number) < world.nowMs();
  }

  /** The last moment at which that was not so. */
  long unhearableMs(int number) {
    long host = hostMs(world.worker(number).host);
    if (!world.fleet().rotating()) {
      return Math.max(host, pathsMs(number));
    }
    var ill = paths().sorted().toArray();
    return Math.max(host, ill[Math.min(1, ill.length - 1)]);
  }

  /** The last moment at which any path of a worker was not well. */
  long pathsMs(int number) {
    return world.fleet().rotating()
        ? paths().max().orElse(NEVER)
        : world.path(world.worker(number).partition()).illMs(world.nowMs());
  }

  /** The last moment at which no path was well. */
  long allPathsMs() {
    return paths().min().orElse(NEVER);
  }

  private LongStream paths() {
    var ill = new long[world.fleet().partitions()];
    Arrays.setAll(ill, p -> world.path(p).illMs(world.nowMs()));
    return Arrays.stream(ill);
  }

  long hostMs(int host) {
    return world.host(host).illMs(world.nowMs());
  }

  long probesMs() {
    return world.probesPass() ? probesMs : world.nowMs();
  }

  long observerMs() {
    return observerMs;
  }
}
