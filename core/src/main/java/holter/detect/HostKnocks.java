package holter.detect;

import java.util.HashMap;
import java.util.Map;

/**
 * What knocking at the hosts of workers has brought: a port of the host that is none of the
 * workers', its exporter's. A host that answered promptly until its workers fell silent, and then
 * answers nothing again and again while other hosts do, is gone. Not thread-safe; the engine's loop
 * owns it.
 */
public final class HostKnocks {
  /** Knocks in vain, in a row, that make a host dark. */
  static final int DARK_KNOCKS = 2;

  /** It must have answered this shortly before its last sign of life. */
  static final long ANSWERED_WITHIN_MS = 10_000;

  /** A host that took longer to answer was hard to reach before: its silence is its network's. */
  static final long PROMPT_MS = 500;

  /** What was under way when a host went may still come in so late. */
  static final long UNDER_WAY_MS = 1_000;

  /** Older knocks say nothing about now. */
  static final long STALE_MS = 6_000;

  private static final int HOSTS_MAX = 10_000;

  /**
   * One host's knocks.
   *
   * @param answeredMs when the last answered knock began; −1 for never
   * @param prompt whether it was answered at once
   * @param darkSinceMs when the first of the present knocks in vain began
   * @param dark how many of them in a row
   * @param latestMs when the last knock ended
   */
  public record Reach(long answeredMs, boolean prompt, long darkSinceMs, int dark, long latestMs) {
    Reach after(boolean answered, long beganMs, long endedMs) {
      return answered
          ? new Reach(beganMs, endedMs - beganMs <= PROMPT_MS, -1, 0, endedMs)
          : new Reach(answeredMs, prompt, dark == 0 ? beganMs : darkSinceMs, dark + 1, endedMs);
    }
  }

  private final Map<String, Reach> hosts = new HashMap<>();

  /**
   * A knock ended.
   *
   * @param answered whether the host took the connection or refused it; either is a sign of life
   */
  public void knocked(String host, boolean answered, long beganMs, long endedMs) {
    var before = hosts.get(host);
    if (before == null && hosts.size() >= HOSTS_MAX) {
      hosts.values().removeIf(reach -> endedMs - reach.latestMs() > STALE_MS);
    }
    if (before != null || hosts.size() < HOSTS_MAX) {
      var none = new Reach(-1, false, -1, 0, -1);
      hosts.put(host, (before == null ? none : before).after(answered, beganMs, endedMs));
    }
  }

  /**
   * Whether a host is gone.
   *
   * @param heardMs the last sign of life of anything on it that we watch; −1 for none
   */
  public boolean gone(String host, long heardMs, long nowMs) {
    var reach = hosts.get(host);
    return reach != null && gone(reach, heardMs, nowMs) && weReachOthers(reach, nowMs);
  }

  /** The rule for one host, whatever others do. */
  static boolean gone(Reach reach, long heardMs, long nowMs) {
    return reach.dark() >= DARK_KNOCKS
        && nowMs - reach.latestMs() <= STALE_MS
        && reach.answeredMs() >= 0
        && reach.prompt()
        && heardMs - reach.answeredMs() <= ANSWERED_WITHIN_MS
        && heardMs <= reach.darkSinceMs() + UNDER_WAY_MS;
  }

  /** Our own health: most hosts answer, one of them since this one went dark. */
  private boolean weReachOthers(Reach gone, long nowMs) {
    int fresh = 0;
    int answering = 0;
    boolean since = false;
    for (var reach : hosts.values()) {
      if (nowMs - reach.latestMs() <= STALE_MS) {
        fresh++;
        answering += reach.dark() == 0 ? 1 : 0;
        since |= reach.dark() == 0 && reach.answeredMs() >= gone.darkSinceMs();
      }
    }
    return since && 2 * answering > fresh;
  }
}
