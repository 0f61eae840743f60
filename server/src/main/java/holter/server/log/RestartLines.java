package holter.server.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in an orchestrator's log which worker was restarted because its heartbeat was lost. Such
 * logs have no common wording: a line, or a line and one soon after it about the same worker, that
 * speak of a heartbeat, its loss and a restart. English and Chinese. Bounded; not thread-safe.
 */
final class RestartLines {
  /** A restart is for a loss of at most this long before. */
  private static final long SOON_MS = 300_000;

  private static final int WORKERS_MAX = 10_000;

  private static final Pattern BEAT = Pattern.compile("(?i)heart-?beat|心跳|liveness probe");
  private static final Pattern LOST =
      Pattern.compile(
          "(?i)\\b(lost|loss|miss(ed|ing)|timed?[ -]?out|expired|silent|no"
              + " heart-?beat|dead|fail(ed|ure))\\b|丢失|超时|没有|未收到|中断|失联");
  private static final Pattern RESTART =
      Pattern.compile(
          "(?i)\\b(re-?start(ed|ing|s)?|re-?launch(ed|ing)?|re-?creat(ed|ing))\\b|重启|重新拉起|重新编排");
  private static final Pattern DENIED =
      Pattern.compile(
          "(?i)\\b(not|no longer|without|held|instead of|refus\\w+) (be )?re-?start|不重启|未重启");

  /** A name behind what it is a name of, else a name with a number as workers have. */
  private static final Pattern LABELLED =
      Pattern.compile(
          "(?i)(?:\\b(?:instance|worker|dac|container|service|process|node|pod|app)|实例|进程|容器)"
              + "(?:[ _-]?(?:id|name))?[ =:：\"'\\[]+((?=[\\w.-]*[0-9-])[A-Za-z0-9][\\w.-]{0,99})");

  private static final Pattern NUMBERED =
      Pattern.compile(
          "\\b([A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*[-_]?[0-9]+(?:-[a-z0-9]+)*)\\b");

  /** What a line says. */
  record Restarted(String worker, long wallMs) {}

  private final Map<String, Long> lost = new LinkedHashMap<>();

  /** The worker that this entry says, or completes saying, was restarted for its silence. */
  Optional<Restarted> take(LogEntry entry) {
    String line = undated(entry.firstLine());
    boolean restart = RESTART.matcher(line).find() && !DENIED.matcher(line).find();
    boolean silence = BEAT.matcher(line).find() && LOST.matcher(line).find();
    if (!restart && !silence) {
      return Optional.empty();
    }
    String worker = worker(line);
    if (worker.isEmpty()) {
      return Optional.empty();
    }
    if (silence && !restart) {
      if (lost.size() < WORKERS_MAX || lost.containsKey(worker)) lost.put(worker, entry.wallMs());
      return Optional.empty();
    }
    Long since = lost.remove(worker);
    boolean soon = since != null && entry.wallMs() >= since && entry.wallMs() - since <= SOON_MS;
    return silence || soon ? Optional.of(new Restarted(worker, entry.wallMs())) : Optional.empty();
  }

  private static String undated(String line) {
    return line.replaceAll("\\d{4}[-/]\\d{2}[-/]\\d{2}[T ]?[\\d:.,]*(Z|[+-]\\d{2}:?\\d{2})?", " ");
  }

  private static String worker(String line) {
    Matcher labelled = LABELLED.matcher(line);
    if (labelled.find()) {
      return labelled.group(1);
    }
    Matcher numbered = NUMBERED.matcher(line);
    return numbered.find() ? numbered.group(1) : "";
  }
}
