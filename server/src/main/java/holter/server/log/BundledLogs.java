package holter.server.log;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Logs as they lie in a bundle: whose they are when only a host's name says it, and what the
 * orchestrator's own log says of restarts.
 */
public final class BundledLogs {
  /** How a broker names itself in its own log, of 0.10 to 4.x. */
  private static final Pattern ITSELF =
      Pattern.compile(
          "on[Bb]roker(\\d{1,9})[:\\]]|\\[(?:KafkaServer|ReplicaManager|GroupCoordinator"
              + "|KafkaRequestHandleronBroker|ReplicaFetcherManageronbroker)"
              + "(?:id=|broker=|brokerId=)?(\\d{1,9})\\]?|\\bbroker=(\\d{1,9})\\]"
              + "|replicaId=(\\d{1,9})");

  private static final Pattern LOST =
      Pattern.compile(
          "heartbeats?[^\\n]{0,40}?(?:lost|missing|missed|timed out)|心跳[^\\n]{0,10}?(?:丢失|超时)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern RESTARTED =
      Pattern.compile("\\b(?:re-?start(?:ing|ed)?|重启)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern WORKER = Pattern.compile("\\b([A-Za-z][A-Za-z]*[-_]?\\d[\\w-]*)\\b");

  private static final Pattern DATE =
      Pattern.compile(
          "^\\W{0,2}(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}:\\d{2})(?:[,.](\\d{1,3}))?.*");

  private static final int SAMPLE_MAX = 300;

  private BundledLogs() {}

  /** A folder of logs, and the broker that they are of, when they say so. */
  public record Owned(String folder, OptionalInt brokerId) {}

  /**
   * Folders of logs that none of these brokers claims, by name; each with the id that its logs call
   * their own most often.
   */
  public static List<Owned> unclaimed(Path logs, Collection<BrokerNode> brokers)
      throws IOException {
    var unclaimed = new ArrayList<Owned>();
    try (Stream<Path> inside = Files.list(logs)) {
      for (Path folder : inside.filter(Files::isDirectory).sorted().toList()) {
        String name = String.valueOf(folder.getFileName());
        boolean claimed = brokers.stream().anyMatch(b -> LogDirectory.names(b).test(name));
        if (!claimed) {
          unclaimed.add(new Owned(name, owner(logs, name)));
        }
      }
    }
    return unclaimed;
  }

  private static OptionalInt owner(Path logs, String folder) throws IOException {
    if (folder.matches("\\d{1,9}")) {
      return OptionalInt.of(Integer.parseInt(folder));
    }
    Map<Integer, Integer> named = new TreeMap<>();
    for (LogFile file : new LogDirectory(logs, false).read(new BrokerNode(-1, folder, -1), 0)) {
      String tight = new String(file.bytes(), StandardCharsets.UTF_8).replaceAll("\\s+", "");
      Matcher each = ITSELF.matcher(tight);
      while (each.find()) {
        for (int group = 1; group <= each.groupCount(); group++) {
          if (each.group(group) != null) {
            named.merge(Integer.parseInt(each.group(group)), 1, Integer::sum);
          }
        }
      }
    }
    return named.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> OptionalInt.of(most.getKey()))
        .orElseGet(OptionalInt::empty);
  }

  /** Workers that an orchestrator restarted for their lost heartbeats. */
  public static List<Fact.Logged> restarts(String log, String text, ZoneId zone) {
    Map<String, Fact.Logged> byWorker = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      Matcher dated = DATE.matcher(line);
      if (dated.matches() && LOST.matcher(line).find() && RESTARTED.matcher(line).find()) {
        long at = time(dated, zone);
        for (String worker : workers(line)) {
          byWorker.merge(worker, one(log, worker, at, line), BundledLogs::together);
        }
      }
    }
    return List.copyOf(byWorker.values());
  }

  private static Fact.Logged one(String log, String worker, long at, String line) {
    String sample = line.length() <= SAMPLE_MAX ? line : line.substring(0, SAMPLE_MAX) + "…";
    return new Fact.Logged(LogSign.RESTARTED_FOR_SILENCE, log, -1, worker, 1, at, at, sample);
  }

  private static Fact.Logged together(Fact.Logged one, Fact.Logged next) {
    return new Fact.Logged(
        one.sign(),
        one.log(),
        -1,
        one.about(),
        one.count() + 1,
        Math.min(one.firstWallMs(), next.firstWallMs()),
        Math.max(one.lastWallMs(), next.lastWallMs()),
        one.sample());
  }

  /** Names with a number in them after what was restarted; else before it. */
  private static Set<String> workers(String line) {
    Matcher restart = RESTARTED.matcher(line);
    int after = restart.find() ? restart.end() : 0;
    var workers = names(line.substring(after));
    return workers.isEmpty() ? names(line.substring(Math.min(line.length(), 24))) : workers;
  }

  private static Set<String> names(String text) {
    var names = new TreeSet<String>();
    Matcher name = WORKER.matcher(text);
    while (name.find() && names.isEmpty()) {
      names.add(name.group(1));
    }
    return names;
  }

  private static long time(Matcher dated, ZoneId zone) {
    try {
      String ms = dated.group(3) == null ? "0" : dated.group(3);
      return LocalDateTime.parse(dated.group(1) + "T" + dated.group(2))
              .atZone(zone)
              .toInstant()
              .toEpochMilli()
          + Integer.parseInt(ms.equals("0") ? "0" : (ms + "00").substring(0, 3));
    } catch (DateTimeException noDate) {
      return -1;
    }
  }
}
