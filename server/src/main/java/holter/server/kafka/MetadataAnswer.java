package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.requests.MetadataResponse;

/**
 * What one broker told of some topics.
 *
 * @param brokerAddress who told
 * @param brokers whom it names
 * @param partitions per topic, ordered by number; a topic that does not exist is not in it
 * @param partitionsSeen how many partitions the answer carried, of any topic
 * @param asOfMs engine time of asking
 */
record MetadataAnswer(
    String brokerAddress,
    List<BrokerNode> brokers,
    Map<String, List<PartitionMap>> partitions,
    int partitionsSeen,
    long asOfMs) {

  static MetadataAnswer of(
      String brokerAddress, MetadataResponse response, Set<String> topics, long asOfMs) {
    var brokers =
        response.brokers().stream()
            .map(node -> new BrokerNode(node.id(), node.host(), node.port()))
            .sorted(Comparator.comparingInt(BrokerNode::id))
            .toList();
    var partitions = new HashMap<String, List<PartitionMap>>();
    int seen = 0;
    for (var topic : response.data().topics()) {
      seen += topic.partitions().size();
      if (topic.name() != null && topics.contains(topic.name()) && !topic.partitions().isEmpty()) {
        partitions.put(topic.name(), maps(topic.partitions(), response.hasReliableLeaderEpochs()));
      }
    }
    return new MetadataAnswer(brokerAddress, brokers, partitions, seen, asOfMs);
  }

  /** The id that the answering broker has by its own word; −1 when it does not name its address. */
  int brokerId() {
    return brokers.stream()
        .filter(b -> b.address().equals(brokerAddress))
        .mapToInt(BrokerNode::id)
        .findFirst()
        .orElse(-1);
  }

  /** What this broker alone holds for true of a topic. */
  ClusterMap map(String topic) {
    return new ClusterMap(
        topic, brokers, partitions.getOrDefault(topic, List.of()), asOfMs, "kafka:" + brokerId());
  }

  private static List<PartitionMap> maps(List<MetadataResponsePartition> told, boolean epochs) {
    var maps = new ArrayList<PartitionMap>();
    for (MetadataResponsePartition p : told) {
      maps.add(
          new PartitionMap(
              p.partitionIndex(),
              p.leaderId(),
              epochs ? p.leaderEpoch() : -1,
              p.replicaNodes(),
              p.isrNodes()));
    }
    maps.sort(Comparator.comparingInt(PartitionMap::partition));
    return maps;
  }
}
