package holter.channel;

import java.util.List;
import java.util.Optional;

/**
 * Brokers and one topic's partitions, as one source saw them at one time.
 *
 * @param topic the topic the partitions are of
 * @param brokers every broker that the source names
 * @param partitions ordered by number; empty when the topic does not exist
 * @param asOfMs engine time of the reading
 * @param via who told: {@code kafka:<brokerId>}, {@code kafka}, {@code zookeeper}
 */
public record ClusterMap(
    String topic,
    List<BrokerNode> brokers,
    List<PartitionMap> partitions,
    long asOfMs,
    String via) {
  public ClusterMap {
    brokers = List.copyOf(brokers);
    partitions = List.copyOf(partitions);
  }

  public Optional<PartitionMap> partition(int number) {
    for (var p : partitions) { // asked in every turn of every partition
      if (p.partition() == number) {
        return Optional.of(p);
      }
    }
    return Optional.empty();
  }

  public Optional<BrokerNode> broker(int id) {
    return brokers.stream().filter(b -> b.id() == id).findFirst();
  }
}
