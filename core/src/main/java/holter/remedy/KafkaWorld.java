package holter.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaders and replicas of a cluster as they were read at one time.
 *
 * @param partitions of every topic that was asked for
 * @param hosts where each broker is
 * @param live brokers that the cluster holds for alive
 * @param reorders whether its brokers take a new order of replicas by request: from 2.4 on
 */
public record KafkaWorld(
    List<Led> partitions, Map<Integer, String> hosts, Set<Integer> live, boolean reorders) {
  public KafkaWorld {
    partitions = List.copyOf(partitions);
    hosts = Map.copyOf(hosts);
    live = Set.copyOf(live);
  }

  /**
   * One partition.
   *
   * @param leader −1 when there is none
   * @param replicas in the cluster's own order: the first is the preferred leader
   * @param isr in sync with the leader
   * @param moving whether a reassignment of it is under way
   */
  public record Led(
      String topic,
      int partition,
      int leader,
      List<Integer> replicas,
      List<Integer> isr,
      boolean moving) {
    public Led {
      replicas = List.copyOf(replicas);
      isr = List.copyOf(isr);
    }

    /** As Kafka's tools write it: {@code HeartBeat-4}. */
    public String name() {
      return topic + "-" + partition;
    }
  }

  /** How many partitions each live broker leads; none is 0. */
  public Map<Integer, Integer> leaders() {
    var count = new HashMap<Integer, Integer>();
    live.forEach(id -> count.put(id, 0));
    partitions.forEach(p -> count.computeIfPresent(p.leader(), (id, n) -> n + 1));
    return count;
  }

  /** Where a broker is; its id in words where no host is known. */
  public String hostOf(int broker) {
    return hosts.getOrDefault(broker, "");
  }
}
