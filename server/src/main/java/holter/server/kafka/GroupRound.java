package holter.server.kafka;

import holter.diagnose.ClusterFact.GroupLag;
import holter.diagnose.ClusterFact.GroupSeen;
import holter.diagnose.Fact;
import holter.diagnose.Metric;
import holter.server.kafka.GroupCalls.Described;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** What one round gathers about groups and partitions' ends. Thread-safe but for the telling. */
final class GroupRound {
  /** More partitions than this are not asked for their ends; our own topic's come first. */
  private static final int PARTITIONS_MAX = 2000;

  /** How long a rate is looked at: senders without keys stay with one partition for seconds. */
  static final long RATE_MS = 60_000;

  /** Commits are 5 s apart by default, 30 s in Streams, 60 s in Connect: twice the longest. */
  static final long LATE_MS = 120_000;

  private final String topic;
  private final GroupMemory memory;
  private final Map<String, Interview> coordinators = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Integer> leaders = new ConcurrentHashMap<>();
  private final Map<String, Described> groups = new ConcurrentHashMap<>();
  private final Map<String, Map<TopicPartition, Long>> places = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> starts = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> aWhileAgo = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> aMinuteAgo = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

  GroupRound(String topic, GroupMemory memory) {
    this.topic = topic;
    this.memory = memory;
  }

  void coordinates(Interview one, String group) {
    coordinators.put(group, one);
  }

  Set<String> listed() {
    return coordinators.keySet();
  }

  /** The groups of these that a broker coordinates. */
  List<String> of(Interview one, Collection<String> chosen) {
    return chosen.stream().filter(group -> coordinators.get(group) == one).sorted().toList();
  }

  void leads(TopicPartition partition, int leaderId) {
    leaders.put(partition, leaderId);
  }

  boolean knows(String anyTopic) {
    return leaders.keySet().stream().anyMatch(p -> p.topic().equals(anyTopic));
  }

  void described(Map<String, Described> now, long nowMs) {
    groups.putAll(now);
    now.forEach((group, its) -> memory.members(group, its.members(), nowMs));
  }

  void stands(String group, Map<TopicPartition, Long> where) {
    if (!where.isEmpty()) places.put(group, where);
  }

  /** What a broker that does not tell all places is asked for. */
  Set<TopicPartition> known(String group) {
    var all = new HashSet<TopicPartition>();
    leaders.keySet().stream().filter(p -> p.topic().equals(topic)).forEach(all::add);
    Described its = groups.get(group);
    if (its != null) all.addAll(its.assigned());
    return all;
  }

  /** Topics on which groups stand and whose leaders are not known yet. */
  Set<String> topicsToFind() {
    var topics = new HashSet<String>();
    places.values().forEach(its -> its.keySet().forEach(p -> topics.add(p.topic())));
    topics.removeIf(this::knows);
    return topics;
  }

  /** Partitions that matter and that a broker leads. */
  List<TopicPartition> ledBy(int broker) {
    var wanted = new HashSet<TopicPartition>();
    leaders.keySet().stream().filter(p -> p.topic().equals(topic)).forEach(wanted::add);
    places.values().forEach(its -> wanted.addAll(its.keySet()));
    return wanted.stream()
        .sorted(
            java.util.Comparator.comparing((TopicPartition p) -> !p.topic().equals(topic))
                .thenComparing(TopicPartition::topic)
                .thenComparingInt(TopicPartition::partition))
        .limit(PARTITIONS_MAX)
        .filter(p -> leaders.getOrDefault(p, -1) == broker)
        .toList();
  }

  void starts(TopicPartition partition, long offset) {
    starts.put(partition, offset);
  }

  /** Where groups stand on partitions that a broker leads. */
  List<TopicPartition> placesLedBy(int broker) {
    return ledBy(broker).stream()
        .filter(p -> places.values().stream().anyMatch(its -> its.containsKey(p)))
        .toList();
  }

  /** The first record that came after {@link #LATE_MS} ago; −1 when none did. */
  void aWhileAgo(TopicPartition partition, long offset) {
    aWhileAgo.put(partition, offset);
  }

  private long behindMs(TopicPartition partition, long committed) {
    long since = aWhileAgo.getOrDefault(partition, -1L);
    return since >= 0 && committed >= 0 && committed < since ? LATE_MS : 0;
  }

  /** Partitions of our own topic that a broker leads. */
  List<TopicPartition> ownLedBy(int broker) {
    return ledBy(broker).stream().filter(p -> p.topic().equals(topic)).toList();
  }

  /** The first record that came after {@link #RATE_MS} ago; −1 when none did. */
  void aMinuteAgo(TopicPartition partition, long offset) {
    aMinuteAgo.put(partition, offset);
  }

  void ends(TopicPartition partition, long offset) {
    ends.put(partition, offset);
  }

  List<GroupSeen> groups(long nowMs) {
    return new TreeMap<>(groups)
        .entrySet().stream()
            .map(
                e ->
                    new GroupSeen(
                        e.getKey(),
                        e.getValue().state(),
                        e.getValue().coordinatorId(),
                        e.getValue().members().size(),
                        memory.changes(e.getKey(), nowMs)))
            .toList();
  }

  /** Every place whose partition's two ends are known. */
  List<GroupLag> lags(long nowMs) {
    var lags = new ArrayList<GroupLag>();
    new TreeMap<>(places)
        .forEach(
            (group, its) ->
                its.forEach(
                    (partition, committed) -> {
                      Long start = starts.get(partition);
                      Long end = ends.get(partition);
                      if (start == null || end == null) return;
                      var moved = memory.place(group, partition, committed, end, nowMs);
                      lags.add(
                          new GroupLag(
                              group,
                              partition.topic(),
                              partition.partition(),
                              committed,
                              start,
                              end,
                              moved.advanced(),
                              moved.produced(),
                              behindMs(partition, committed)));
                    }));
    return lags;
  }

  /** How fast our own topic's partitions grew in the last {@link #RATE_MS}. */
  List<Fact.Measured> rates() {
    var rates = new ArrayList<Fact.Measured>();
    aMinuteAgo.forEach(
        (partition, since) -> {
          Long end = ends.get(partition);
          if (end == null) return;
          double perS = since < 0 ? 0 : Math.max(0, end - since) * 1e3 / RATE_MS;
          rates.add(new Fact.Measured(Metric.PARTITION_RECORDS_PER_S, partition.toString(), perS));
        });
    return rates;
  }
}
