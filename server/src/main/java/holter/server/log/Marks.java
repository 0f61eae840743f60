package holter.server.log;

import static holter.server.log.Wording.Origin.BROKER;

import holter.diagnose.LogSign;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;

/**
 * What a broker's log tells about itself beside its signs: whose log it is, and moments that its
 * peers log too, by which their clocks can be compared. Bounded. Not thread-safe.
 */
final class Marks {
  /** Names of the writer are looked at so often; then it is known. */
  private static final int NAMES_MAX = 64;

  /** A folder holds another's log when so many lines name another writer, and none its own. */
  private static final int NAMES_MIN = 3;

  private static final int MOMENTS_MAX = 2000;

  /** From here on a mark is a moment. */
  private static final int MOMENTS_FROM = 7;

  /** The sign stands for nothing here. */
  static final List<Wording> ALL =
      List.of(
          mark("kafka.server.KafkaServer 0.10–0.11", "[Kafka Server <broker>],"),
          mark("kafka.server.KafkaServer 1.0–3.9", "[KafkaServer id=<broker>]"),
          mark("kafka.server.BrokerServer 2.8–4.x", "[BrokerServer id=<broker>]"),
          mark("kafka.server.ReplicaManager 0.10–0.11", "[Replica Manager on Broker <broker>]"),
          mark("kafka.server.ReplicaManager 1.0–4.x", "[ReplicaManager broker=<broker>]"),
          mark("kafka.server.ReplicaFetcherThread 1.0–4.x", "[ReplicaFetcher replicaId=<broker>,"),
          mark("kafka.cluster.Partition 1.0–4.x", "[Partition <tp> broker=<broker>]"),
          mark("kafka.log.LogManager 0.10–4.x", "Created log for partition <tp> in"),
          mark("kafka.cluster.Partition 2.x", "] <tp> starts at leader epoch <n> from"),
          mark("kafka.cluster.Partition 3.x–4.x", "Leader <tp> starts at leader epoch <n> from"),
          mark("kafka.cluster.Partition 3.x–4.x", "Follower <tp> starts at leader epoch <n> from"),
          mark(
              "kafka.cluster.Partition 3.x–4.x",
              "Leader <tp> with topic id <*> starts at leader epoch <n> from"),
          mark(
              "kafka.cluster.Partition 3.x–4.x",
              "Follower <tp> with topic id <*> starts at leader epoch <n> from"));

  private final Map<Integer, Integer> names = new HashMap<>();
  private final Map<String, Long> moments = new HashMap<>();
  private int named;

  private static Wording mark(String cited, String template) {
    return Wording.row(LogSign.STARTED, BROKER, Wording.Use.PARDON, cited, template);
  }

  void take(LogEntry entry, BitSet hits) {
    int row = Wordings.firstMark(hits);
    boolean moment = row >= MOMENTS_FROM || hits.length() > Wordings.mark(MOMENTS_FROM);
    boolean wanted = row >= 0 && (named < NAMES_MAX || moment);
    if (!wanted || moments.size() >= MOMENTS_MAX) {
      return;
    }
    String tight = Wording.tight(entry.text());
    for (int at = 0; at < ALL.size(); at++) {
      if (!hits.get(Wordings.mark(at))) continue;
      Matcher match = ALL.get(at).pattern().matcher(tight);
      if (!match.find()) continue;
      if (at < MOMENTS_FROM) {
        named++;
        names.merge(Wording.broker(match, -1), 1, Integer::sum);
      } else {
        String key = at == MOMENTS_FROM ? "log " + Wording.about(match) : led(match);
        moments.merge(key, entry.wallMs(), Math::min);
      }
    }
  }

  /** Partition and epoch, whatever stands between them. */
  private static String led(Matcher match) {
    String whole = match.group();
    return Wording.about(match) + " " + whole.replaceAll(".*epoch(\\d+).*", "$1");
  }

  /** The broker whose log this is instead; empty where nothing speaks against the one expected. */
  OptionalInt writerOtherThan(int expected) {
    if (names.containsKey(expected)) {
      return OptionalInt.empty();
    }
    return names.entrySet().stream()
        .filter(e -> e.getValue() >= NAMES_MIN)
        .max(Map.Entry.comparingByValue())
        .map(e -> OptionalInt.of(e.getKey()))
        .orElse(OptionalInt.empty());
  }

  /** When each moment came, by the reader's clock as far as it is known. */
  Map<String, Long> moments() {
    return Map.copyOf(moments);
  }
}
