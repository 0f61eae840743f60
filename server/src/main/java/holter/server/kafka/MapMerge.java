package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One map out of what several brokers told. Of two that disagree on a partition, the higher leader
 * epoch is right; where brokers tell no epoch (below 2.1), the one whose word changed last, because
 * a broker that was cut off goes on telling what it always told.
 *
 * <p>Not thread-safe.
 */
final class MapMerge {
  /** A view older than this is forgotten: its broker no longer answers. */
  private static final long VIEW_KEPT_MS = 15_000;

  private record View(MetadataAnswer answer, Map<String, Map<Integer, Dated>> partitions) {}

  private record Dated(PartitionMap map, long changedAtMs) {}

  private final Map<String, View> views = new HashMap<>();

  /** Takes one broker's word. */
  void take(MetadataAnswer answer) {
    View before = views.get(answer.brokerAddress());
    var partitions = new HashMap<String, Map<Integer, Dated>>();
    answer
        .partitions()
        .forEach(
            (topic, maps) -> {
              var dated = new HashMap<Integer, Dated>();
              for (PartitionMap map : maps) {
                dated.put(map.partition(), date(map, before, topic, answer.asOfMs()));
              }
              partitions.put(topic, dated);
            });
    views.put(answer.brokerAddress(), new View(answer, partitions));
    views.values().removeIf(v -> v.answer().asOfMs() < answer.asOfMs() - VIEW_KEPT_MS);
  }

  /** Who the cluster's brokers are, by the freshest word. */
  List<BrokerNode> brokers() {
    return freshest().brokers();
  }

  /**
   * The merged map of a topic; without partitions when the freshest word does not know the topic.
   */
  ClusterMap map(String topic, long nowMs) {
    MetadataAnswer newest = freshest();
    var merged = new TreeMap<Integer, Dated>();
    if (newest.partitions().containsKey(topic)) {
      for (View view : views.values()) {
        view.partitions()
            .getOrDefault(topic, Map.of())
            .forEach((number, dated) -> merged.merge(number, dated, MapMerge::righter));
      }
    }
    List<PartitionMap> partitions = merged.values().stream().map(Dated::map).toList();
    return new ClusterMap(
        topic, newest.brokers(), partitions, Math.min(nowMs, newest.asOfMs()), "kafka");
  }

  private MetadataAnswer freshest() {
    return views.values().stream()
        .map(View::answer)
        .max(java.util.Comparator.comparingLong(MetadataAnswer::asOfMs))
        .orElseThrow(() -> new IllegalStateException("no broker has told a map yet"));
  }

  private static Dated date(
      PartitionMap map, @org.jspecify.annotations.Nullable View before, String topic, long nowMs) {
    if (before == null) {
      return new Dated(map, 0);
    }
    Dated known = before.partitions().getOrDefault(topic, Map.of()).get(map.partition());
    return known != null && known.map().equals(map) ? known : new Dated(map, nowMs);
  }

  private static Dated righter(Dated one, Dated other) {
    if (one.map().leaderEpoch() != other.map().leaderEpoch()) {
      return one.map().leaderEpoch() > other.map().leaderEpoch() ? one : other;
    }
    return one.changedAtMs() >= other.changedAtMs() ? one : other;
  }
}
