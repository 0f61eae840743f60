package holter.sim;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The founding incident's cluster, as metadata shows it when all is well. */
final class SimCluster {
  static final int PARTITIONS = 5;

  /** Replica lists of the founding incident; the first one leads. */
  static final List<List<Integer>> REPLICAS =
      List.of(
          List.of(1002, 1003, 1004),
          List.of(1003, 1004, 1005),
          List.of(1004, 1005, 1001),
          List.of(1005, 1001, 1002),
          List.of(1001, 1002, 1003));

  static final Map<Integer, String> HOSTS =
      Map.of(
          1001, "iota-n2", 1002, "iota-m1", 1003, "iota-m2", 1004, "iota-n1", 1005, "iota-n3", 1006,
          "iota-n4");

  private SimCluster() {}

  static int leader(int partition) {
    return REPLICAS.get(partition).getFirst();
  }

  static ClusterMap map() {
    var brokers = new ArrayList<BrokerNode>();
    new TreeMap<>(HOSTS).forEach((id, h) -> brokers.add(new BrokerNode(id, h, 6667)));
    var partitions = new ArrayList<PartitionMap>();
    for (int p = 0; p < PARTITIONS; p++) {
      var replicas = REPLICAS.get(p);
      partitions.add(new PartitionMap(p, replicas.getFirst(), 1, replicas, replicas));
    }
    return new ClusterMap("HeartBeat", brokers, partitions, 0, "kafka:1002");
  }
}
