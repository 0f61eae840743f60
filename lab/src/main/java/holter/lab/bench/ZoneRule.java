package holter.lab.bench;

import holter.lab.sim.SimSettings;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The zone rule of Kubernetes' node lifecycle controller, ported, the fleet being one zone: not
 * ready after a grace of five intervals; evicted at one a second in a normal zone and at a tenth of
 * that when 55 % and more than two are not ready; when all are, evictions stop, and on the way back
 * every probe's time begins anew. Source: {@code node_lifecycle_controller.go} of Kubernetes 1.32,
 * times scaled from a heartbeat each 10 s.
 */
final class ZoneRule extends Restarting {
  static final double UNHEALTHY = 0.55;
  static final long NORMAL_MS = 1_000;
  static final long PARTIAL_MS = 10_000;
  static final int LARGE_ZONE = 50;

  private enum Zone {
    NORMAL,
    PARTIAL,
    FULL
  }

  private final long graceMs;
  private final long[] probedMs;
  private final ArrayDeque<Integer> queue = new ArrayDeque<>();
  private Zone zone = Zone.NORMAL;
  private long evictedMs = Long.MIN_VALUE / 2;

  ZoneRule(SimSettings fleet, Hands hands, long graceMs) {
    super(fleet, hands);
    this.graceMs = graceMs;
    probedMs = new long[fleet.workers()];
    Arrays.fill(probedMs, 0);
  }

  @Override
  void beat(int number, long seq, long nowMs, long wallMs) {
    probedMs[number] = nowMs;
  }

  @Override
  boolean suspects(int number, long nowMs, long wallMs) {
    return nowMs - probedMs[number] > graceMs;
  }

  @Override
  public void tick(long nowMs, long wallMs) {
    int notReady = 0;
    for (int number = 0; number < fleet.workers(); number++) {
      boolean bad = suspects(number, nowMs, wallMs);
      notReady += bad ? 1 : 0;
      if (bad && !starting(number, nowMs) && !queue.contains(number)) {
        queue.add(number);
      } else if (!bad) {
        queue.remove(number); // a ready node's taint is taken off
      }
    }
    var now = state(notReady);
    if (zone == Zone.FULL && now != Zone.FULL) {
      Arrays.fill(probedMs, nowMs);
      queue.clear();
    }
    zone = now;
    evict(nowMs);
  }

  private Zone state(int notReady) {
    if (notReady == fleet.workers()) {
      return Zone.FULL;
    }
    boolean many = notReady > 2 && notReady >= UNHEALTHY * fleet.workers();
    return many ? Zone.PARTIAL : Zone.NORMAL;
  }

  private void evict(long nowMs) {
    boolean stopped = zone == Zone.FULL || (zone == Zone.PARTIAL && fleet.workers() <= LARGE_ZONE);
    if (stopped) {
      queue.clear();
      return;
    }
    long each = zone == Zone.NORMAL ? NORMAL_MS : PARTIAL_MS;
    if (!queue.isEmpty() && nowMs - evictedMs >= each) {
      evictedMs = nowMs;
      restart(queue.remove(), nowMs);
    }
  }

  @Override
  void reset(int number, long nowMs) {}
}
