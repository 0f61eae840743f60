package holter.channel;

import holter.words.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All paths of the heartbeat topic: each judged by its own lane, with metadata and the fleet's own
 * experience beside it. Not thread-safe; the engine's loop owns it.
 */
public final class Channel {
  /** Partitions judged at most; a topic with more is judged on its first ones. */
  public static final int PARTITIONS_MAX = 1_024;

  static final PathState NONE = new PathState.Unknown(Sentence.of(PathWords.NOT_PROVED_YET));
  private static final int BROKERS_MAX = 10_000;

  /** A leader change shows no leader for a moment; longer than this it is leaderless. */
  private static final long LEADERLESS_AFTER_MS = 2_000;

  private final TreeMap<Integer, PathJudge> paths = new TreeMap<>();
  private final FleetWindows fleet = new FleetWindows();
  private final TreeMap<Integer, Long> leaderlessSinceMs = new TreeMap<>();
  private final TreeMap<Integer, Long> silentTogetherMs = new TreeMap<>();
  private final IsrBlame isrBlame = new IsrBlame();
  private final Witnesses witnesses = new Witnesses();
  private final TreeMap<Integer, String> hosts = new TreeMap<>();
  private List<Integer> numbers = List.of();
  private @Nullable PathJudge[] byNumber = new PathJudge[0]; // the same: beats look here
  private @Nullable ClusterMap map;

  /** Metadata was read anew. */
  public void mapped(ClusterMap latest) {
    if (latest.partitions().isEmpty() || latest.partitions().size() > PARTITIONS_MAX) {
      return; // last known good: a topic does not lose its partitions, a reading may
    }
    map = latest;
    if (hosts.size() < BROKERS_MAX) {
      latest.brokers().forEach(b -> hosts.put(b.id(), b.host()));
    }
    for (var p : latest.partitions()) {
      if (p.partition() < 0 || p.partition() >= PARTITIONS_MAX) {
        continue;
      }
      path(p.partition());
      if (p.leaderId() >= 0) {
        leaderlessSinceMs.remove(p.partition());
      } else {
        long since = leaderlessSinceMs.computeIfAbsent(p.partition(), n -> latest.asOfMs());
        if (latest.asOfMs() - since >= LEADERLESS_AFTER_MS) {
          path(p.partition()).leaderless(since);
        }
      }
    }
  }

  /** A lane finished a round. */
  public void sampled(LaneSample sample) {
    if (sample.partition() >= 0 && sample.partition() < PARTITIONS_MAX) {
      path(sample.partition()).sample(sample, peersOf(sample));
      blame(sample.endedAtMs());
    }
  }

  private Peers peersOf(LaneSample sample) {
    boolean good = false;
    var medians = new ArrayList<Long>();
    for (var other : paths.entrySet()) {
      if (other.getKey() != sample.partition()) {
        good |= other.getValue().goodSince(sample.sentAtMs());
        if (other.getValue().medianMs() > 0) {
          medians.add(other.getValue().medianMs());
        }
      }
    }
    medians.sort(null);
    return new Peers(good, medians.isEmpty() ? 0 : medians.get(medians.size() / 2));
  }

  private void blame(long nowMs) {
    if (map == null) {
      return;
    }
    int common = isrBlame.judge(map, this::state, nowMs);
    for (var path : paths.values()) {
      if (path.state() instanceof PathState.Sick s && s.kind() == Sickness.ISR) {
        path.blame(common);
      }
    }
  }

  /** The reader has read everything that was visible on a partition at {@code ms}. */
  public void readThrough(int partition, long ms) {
    if (partition >= 0 && partition < PARTITIONS_MAX) {
      path(partition).proof().readThrough(ms);
    }
  }

  /** An instance's beat was read; it was due at {@code dueMs} by its own schedule. */
  public void witnessed(int partition, int instance, long dueMs) {
    var path = judge(partition);
    if (path != null) {
      path.proof().witnessed(path.fetchOnly() ? witnesses.agreed(partition, instance, dueMs) : -1);
    }
  }

  /** An instance told what became of a beat; {@code ackMs} −1 for a failure. */
  public void told(int partition, int instance, long ackMs, long nowMs) {
    if (judge(partition) != null) {
      fleet.of(partition).told(instance, ackMs, nowMs);
    }
  }

  /** A rotating sender's slot on this partition was filled or skipped. */
  public void slot(int partition, boolean came, long nowMs) {
    if (judge(partition) != null) {
      fleet.of(partition).slot(came, nowMs);
    }
  }

  /** Keyed senders that send to this partition alone are silent together. */
  public void silentTogether(int partition, long nowMs) {
    silentTogetherMs.put(partition, nowMs);
  }

  /** We were not listening until {@code nowMs}. */
  public void paused(long nowMs) {
    paths.values().forEach(path -> path.paused(nowMs));
  }

  public void tick(long nowMs) {
    paths.values().forEach(path -> path.tick(nowMs));
    fleet.tick(nowMs);
  }

  private @Nullable PathJudge judge(int partition) {
    return partition >= 0 && partition < byNumber.length ? byNumber[partition] : null;
  }

  private PathJudge path(int partition) {
    var path = judge(partition);
    if (path == null) {
      path = new PathJudge();
      paths.put(partition, path);
      byNumber = Arrays.copyOf(byNumber, Math.max(byNumber.length, partition + 1));
      byNumber[partition] = path;
      numbers = List.copyOf(paths.keySet());
    }
    return path;
  }

  /** The latest map that named partitions. */
  public @Nullable ClusterMap map() {
    return map;
  }

  /** How many partitions the latest map names, 0 before there is one. */
  public int mappedPartitions() {
    return map == null ? 0 : map.partitions().size();
  }

  /** Every partition that is mapped or probed, in order. */
  public List<Integer> partitions() {
    return numbers;
  }

  public int size() {
    return paths.size();
  }

  public PathState state(int partition) {
    var path = judge(partition);
    return path == null ? NONE : path.state();
  }

  public boolean healthy(int partition) {
    return state(partition) instanceof PathState.Healthy;
  }

  public boolean sick(int partition) {
    return state(partition) instanceof PathState.Sick;
  }

  /** Healthy since this engine time, {@link Long#MAX_VALUE} when it is not. */
  public long healthySinceMs(int partition) {
    return state(partition) instanceof PathState.Healthy(long since) ? since : Long.MAX_VALUE;
  }

  /** The latest moment that any path became healthy, {@link Long#MAX_VALUE} while one is not. */
  public long latestHealthySinceMs() {
    long latest = Long.MIN_VALUE;
    for (int partition : paths.keySet()) {
      latest = Math.max(latest, healthySinceMs(partition));
    }
    return latest;
  }

  /** Whether a sample of its lane can prove the path: one that only fetches cannot. */
  public boolean lanesProve(int partition) {
    var path = judge(partition);
    return path != null && !path.fetchOnly();
  }

  /** Proved and read up to this engine time, −1 for never. */
  public long provedThroughMs(int partition) {
    var path = judge(partition);
    return path == null ? -1 : path.proof().throughMs();
  }

  /** Whether several instances fail here although our own lane may be fine. */
  public boolean failingForTheFleet(int partition) {
    return partition >= 0 && fleet.failing(partition);
  }

  /** When keyed senders of a partition were last silent together; long ago for never. */
  public long silentTogetherMs(int partition) {
    return silentTogetherMs.getOrDefault(partition, Long.MIN_VALUE / 2);
  }

  /** What the fleet told of a partition in the last ten seconds. */
  public FleetWindow.Sums fleetSums(int partition, long nowMs) {
    return fleet.of(partition).sums(nowMs);
  }

  /** Paths that are healthy now. */
  public int healthyCount() {
    return (int)
        paths.values().stream().filter(p -> p.state() instanceof PathState.Healthy).count();
  }

  /** Whether a path is sick and not about to heal: its last sample was bad. */
  public boolean suffering() {
    return paths.values().stream().anyMatch(p -> p.state() instanceof PathState.Sick && !p.good());
  }

  /** Whether a sample that was sent at or after {@code ms} shows a path still sick. */
  public boolean sufferedSince(long ms) {
    return paths.values().stream()
        .anyMatch(p -> p.state() instanceof PathState.Sick && p.badSentMs() >= ms);
  }

  /** Whether the last sample of a path that this broker leads was good. */
  public boolean serves(int brokerId) {
    var latest = map;
    return latest != null
        && brokerId >= 0
        && latest.partitions().stream()
            .filter(p -> p.leaderId() == brokerId)
            .anyMatch(p -> path(p.partition()).good());
  }

  /** The one broker that most sick paths point at, −1 when none stands out. */
  public int sickBroker() {
    var votes = new TreeMap<Integer, Integer>();
    for (var path : paths.values()) {
      if (path.state() instanceof PathState.Sick sick && sick.subjectBrokerId() >= 0) {
        votes.merge(sick.subjectBrokerId(), 1, Integer::sum);
      }
    }
    int most = votes.values().stream().mapToInt(n -> n).max().orElse(0);
    var first = votes.entrySet().stream().filter(e -> e.getValue() == most).toList();
    boolean dark = votes.size() > 1 && healthyCount() == 0;
    return first.size() == 1 && !dark ? first.getFirst().getKey() : -1;
  }

  /** The leader by the latest map, else by the lane's last sample; −1 unknown. */
  public int leaderOf(int partition) {
    var latest = map;
    if (latest != null) {
      var known = latest.partition(partition);
      if (known.isPresent()) {
        return known.get().leaderId();
      }
    }
    var path = judge(partition);
    return path == null ? -1 : path.leaderId();
  }

  /** The host that a broker advertises, or advertised before it was gone; or empty. */
  public String hostOf(int brokerId) {
    return hosts.getOrDefault(brokerId, "");
  }

  /** Engine time of the lane's last sample, −1 for never. */
  public long lastSampleMs(int partition) {
    var path = judge(partition);
    return path == null ? -1 : path.lastSampleMs();
  }

  /** Round trip of the lane's last answered sample in ms, −1 for never. */
  public long lastSeenMs(int partition) {
    var path = judge(partition);
    return path == null ? -1 : path.lastSeenMs();
  }
}
