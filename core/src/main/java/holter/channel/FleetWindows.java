package holter.channel;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What the fleet shows of every partition. Beats write here, so a partition is found by index. */
final class FleetWindows {
  /** What the fleet shows changes over seconds. */
  private static final long ASK_EVERY_MS = 500;

  private final BitSet failing = new BitSet();
  private @Nullable FleetWindow[] windows = new FleetWindow[0];
  private long askedMs = Long.MIN_VALUE / 2;

  /**
   * @param partition 0 to {@link Channel#PARTITIONS_MAX}
   */
  FleetWindow of(int partition) {
    if (partition >= windows.length) {
      windows = Arrays.copyOf(windows, partition + 1);
    }
    var window = windows[partition];
    if (window == null) {
      window = new FleetWindow();
      windows[partition] = window;
    }
    return window;
  }

  void tick(long nowMs) {
    if (nowMs - askedMs < ASK_EVERY_MS) {
      return;
    }
    askedMs = nowMs;
    failing.clear();
    for (int partition = 0; partition < windows.length; partition++) {
      var window = windows[partition];
      if (window != null && window.sums(nowMs).failing()) {
        failing.set(partition);
      }
    }
  }

  boolean failing(int partition) {
    return failing.get(partition);
  }
}
