package holter.server.log;

import holter.channel.BrokerNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whose the logs in a folder are, when neither an id nor a known host in its name says it. */
public final class LogOwners {
  /** How a broker names itself in its own log, of 0.10 to 4.x. */
  private static final Pattern ITSELF =
      Pattern.compile(
          "on[Bb]roker(\\d{1,9})[:\\]]|\\[(?:KafkaServer|ReplicaManager|GroupCoordinator"
              + "|KafkaRequestHandleronBroker|ReplicaFetcherManageronbroker)"
              + "(?:id=|broker=|brokerId=)?(\\d{1,9})\\]?|\\bbroker=(\\d{1,9})\\]"
              + "|replicaId=(\\d{1,9})");

  /** A broker names itself in nearly every line. */
  private static final long BYTES_MAX = 4 << 20;

  private static final long PATIENCE_NS = 10_000_000_000L;

  private LogOwners() {}

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

  /** The logs of a broker whose host nobody knows: of the folder whose logs call themselves so. */
  static List<Path> find(Path logs, int brokerId, long sinceWallMs) throws IOException {
    for (Owned one : unclaimed(logs, List.of())) {
      if (one.brokerId().equals(OptionalInt.of(brokerId))) {
        return new LogDirectory(logs).find(new BrokerNode(brokerId, one.folder(), -1), sinceWallMs);
      }
    }
    return List.of();
  }

  private static OptionalInt owner(Path logs, String folder) throws IOException {
    if (folder.matches("\\d{1,9}")) {
      return OptionalInt.of(Integer.parseInt(folder));
    }
    Map<Integer, Integer> named = new TreeMap<>();
    Consumer<LogEntry> taker =
        entry -> {
          Matcher each = ITSELF.matcher(entry.text().replaceAll("\\s+", ""));
          while (each.find()) {
            for (int group = 1; group <= each.groupCount(); group++) {
              if (each.group(group) != null) {
                named.merge(Integer.parseInt(each.group(group)), 1, Integer::sum);
              }
            }
          }
        };
    var all = new LogWindow(0, Long.MAX_VALUE / 4, ZoneOffset.UTC, Map.of(), true);
    var allowance = new Allowance(new AtomicLong(BYTES_MAX), System.nanoTime() + PATIENCE_NS);
    for (Path file : new LogDirectory(logs, false).find(new BrokerNode(-1, folder, -1), 0)) {
      new WindowFile(file, all, ZoneOffset.UTC, 0, allowance).read(taker);
    }
    return named.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> OptionalInt.of(most.getKey()))
        .orElseGet(OptionalInt::empty);
  }
}
