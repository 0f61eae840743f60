package holter.engine;

import holter.channel.Channel;

/**
 * What we hold of ourselves: whether we lead, and whether we may trust our own ears. After a start,
 * a pause or a clock step we may not, until every path is proved anew or known to be sick.
 */
final class Observer {
  /** A loop that stood this long may have missed beats. */
  static final long PAUSE_MS = 2_000;

  /** A wall clock step of this size means that the machine slept, or its clock was set. */
  static final long STEP_MS = 2_000;

  /** A path that stays unknown this long after the pause is no reason to wait any longer. */
  static final long PATIENCE_MS = 5_000;

  /** A start finds no path at all at first: brokers are asked for metadata, lanes connect. */
  static final long START_PATIENCE_MS = 30_000;

  private long graceSinceMs = -1;
  private boolean graced = true;
  private boolean leading;
  private long epoch;

  void leads(boolean leads, long term) {
    leading = leads;
    epoch = Math.max(epoch, term);
  }

  boolean leading() {
    return leading;
  }

  long epoch() {
    return epoch;
  }

  static boolean matters(long pausedMs, long wallStepMs) {
    return pausedMs >= PAUSE_MS || Math.abs(wallStepMs) >= STEP_MS;
  }

  void doubt(long nowMs) {
    graced = true;
    graceSinceMs = nowMs;
  }

  void tick(Channel channel, long nowMs) {
    if (!graced) {
      return;
    }
    if (graceSinceMs < 0) {
      graceSinceMs = nowMs;
    }
    if (sure(channel, nowMs)) {
      graced = false;
    }
  }

  private boolean sure(Channel channel, long nowMs) {
    if (channel.size() == 0) {
      return nowMs - graceSinceMs >= START_PATIENCE_MS;
    }
    for (int p : channel.partitions()) {
      boolean proved = channel.provedThroughMs(p) > graceSinceMs || channel.sick(p);
      if (!proved && nowMs - graceSinceMs < PATIENCE_MS) {
        return false;
      }
    }
    return true;
  }

  boolean grace() {
    return graced;
  }

  /**
   * Since when we listen without a break, the largest while we are not sure; slots due before do
   * not count. Those due since may: what was sent is read before a path is proved beyond them.
   */
  long listensSinceMs() {
    return graced ? Long.MAX_VALUE : graceSinceMs;
  }
}
