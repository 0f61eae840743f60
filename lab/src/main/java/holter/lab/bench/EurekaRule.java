package holter.lab.bench;

import holter.lab.sim.SimSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Eureka's lease rule, ported, with its times scaled from a renewal each 30 s to one each interval:
 * a lease of three intervals that really lasts twice as long; expiry is off while fewer than 85 %
 * of the expected renewals came in the last whole bucket of two intervals; the eviction task runs
 * each two intervals, takes at most 15 % of the registry, in random order, and adds its own delay
 * to every lease. It reads the wall clock. Source: {@code AbstractInstanceRegistry} and {@code
 * PeerAwareInstanceRegistryImpl} of Eureka 2.0.
 */
final class EurekaRule extends Restarting {
  static final double RENEWAL_THRESHOLD = 0.85;
  static final double EVICT_SHARE = 0.15;

  private final long[] renewedWallMs;
  private final boolean[] registered;
  private final Random random = new Random(1);
  private final double leaseScale;
  private long bucketEndsMs;
  private int renewsNow;
  private int renewsLast;
  private boolean counted;
  private long evictAtMs;
  private long evictedWallMs = -1;

  /**
   * @param leaseScale 1 for the default lease
   */
  EurekaRule(SimSettings fleet, Hands hands, double leaseScale) {
    super(fleet, hands);
    this.leaseScale = leaseScale;
    renewedWallMs = new long[fleet.workers()];
    registered = new boolean[fleet.workers()];
    Arrays.fill(renewedWallMs, -1);
    bucketEndsMs = 2 * fleet.intervalMs();
    evictAtMs = 2 * fleet.intervalMs();
  }

  private long leaseMs() {
    return (long) (3 * fleet.intervalMs() * leaseScale);
  }

  @Override
  void beat(int number, long seq, long nowMs, long wallMs) {
    renewsNow++;
    registered[number] = true;
    renewedWallMs[number] = wallMs + leaseMs(); // renew() adds the duration, expiry adds it again
  }

  @Override
  public void tick(long nowMs, long wallMs) {
    while (nowMs >= bucketEndsMs) {
      renewsLast = renewsNow;
      renewsNow = 0;
      counted = true;
      bucketEndsMs += 2 * fleet.intervalMs();
    }
    if (nowMs >= evictAtMs) {
      long planned = 2 * fleet.intervalMs();
      long compensation = evictedWallMs < 0 ? 0 : Math.max(0, wallMs - evictedWallMs - planned);
      evictedWallMs = wallMs;
      evictAtMs = nowMs + planned;
      evict(nowMs, wallMs, compensation);
    }
  }

  private void evict(long nowMs, long wallMs, long compensationMs) {
    int size = 0;
    List<Integer> expired = new ArrayList<>();
    for (int number = 0; number < fleet.workers(); number++) {
      size += registered[number] ? 1 : 0;
      if (registered[number] && wallMs > renewedWallMs[number] + leaseMs() + compensationMs) {
        expired.add(number);
      }
    }
    boolean enabled = counted && renewsLast > RENEWAL_THRESHOLD * size * 2;
    if (!enabled) {
      return;
    }
    int most = size - (int) (size * (1 - EVICT_SHARE));
    Collections.shuffle(expired, random);
    for (int number : expired.subList(0, Math.min(most, expired.size()))) {
      restart(number, nowMs);
    }
  }

  @Override
  boolean suspects(int number, long nowMs, long wallMs) {
    throw new IllegalStateException("Eureka evicts by its own task");
  }

  @Override
  void reset(int number, long nowMs) {
    registered[number] = false; // evicted: the next beat registers it anew
  }
}
