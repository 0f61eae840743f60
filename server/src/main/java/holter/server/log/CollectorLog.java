package holter.server.log;

import holter.diagnose.Fact;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pauses that a broker's collector logs within a window: JDK 8's {@code -Xloggc} format, unified
 * logging since JDK 9, and the lines of safepoints in both. Where safepoints are logged too they
 * hold the collector's pauses, so the larger sum of the two counts. Not thread-safe.
 */
final class CollectorLog {
  /** {@code GC(3) Pause Young (Normal) (G1 Evacuation Pause) 24M->5M(256M) 12.345ms}. */
  private static final Pattern UNIFIED =
      Pattern.compile("GC\\(\\d+\\) Pause [^\\n]* (\\d+)[.,](\\d{1,3})ms\\s*(?:\\n|$)");

  /** {@code [GC pause (G1 Evacuation Pause) (young), 0.0123 secs]}. */
  private static final Pattern OLD =
      Pattern.compile(
          "\\[(?:Full )?GC(?! ?\\(?concurrent)(?! concurrent)[^\\n]*, (\\d+)[.,](\\d+) secs\\]");

  private static final Pattern STOPPED =
      Pattern.compile("application threads were stopped: (\\d+)[.,](\\d+) seconds");

  private static final Pattern SAFEPOINT =
      Pattern.compile("Safepoint \"[^\"]*\"[^\\n]*Total: +(\\d+) ns");

  private final int broker;
  private final LogWindow window;
  private final Sum pauses = new Sum();
  private final Sum stops = new Sum();
  private long firstMs = -1;
  private long lastMs = -1;

  private static final class Sum {
    private int count;
    private double totalMs;
    private double longestMs;
    private long lastMs;

    void add(double ms, long wallMs) {
      count++;
      totalMs += ms;
      longestMs = Math.max(longestMs, ms);
      lastMs = Math.max(lastMs, wallMs);
    }
  }

  CollectorLog(int broker, LogWindow window) {
    this.broker = broker;
    this.window = window;
  }

  void take(LogEntry entry) {
    if (entry.wallMs() > window.toWallMs()) {
      return;
    }
    firstMs = firstMs < 0 ? entry.wallMs() : Math.min(firstMs, entry.wallMs());
    if (entry.wallMs() < window.fromWallMs()) {
      return;
    }
    lastMs = Math.max(lastMs, entry.wallMs());
    String text = entry.text();
    Matcher pause = UNIFIED.matcher(text);
    if (pause.find()) {
      pauses.add(number(pause), entry.wallMs());
      return;
    }
    pause = OLD.matcher(text);
    if (pause.find()) {
      pauses.add(number(pause) * 1000, entry.wallMs());
      return;
    }
    pause = STOPPED.matcher(text);
    if (pause.find()) {
      stops.add(number(pause) * 1000, entry.wallMs());
      return;
    }
    pause = SAFEPOINT.matcher(text);
    if (pause.find()) {
      stops.add(Double.parseDouble(pause.group(1)) / 1e6, entry.wallMs());
    }
  }

  private static double number(Matcher match) {
    return Double.parseDouble(match.group(1) + "." + match.group(2));
  }

  /** The pauses; empty where no line lies in the window. */
  Optional<Fact> fact() {
    if (lastMs < 0) {
      return Optional.empty();
    }
    Sum sum = stops.totalMs > pauses.totalMs ? stops : pauses;
    double spanMs =
        Math.max(sum.totalMs, (double) (lastMs - Math.max(window.fromWallMs(), firstMs)));
    double share = spanMs <= 0 ? 0 : Math.min(1, sum.totalMs / spanMs);
    return Optional.of(
        new Fact.CollectorPauses(
            broker, sum.count, Math.round(sum.longestMs), share, Math.max(sum.lastMs, 0)));
  }
}
