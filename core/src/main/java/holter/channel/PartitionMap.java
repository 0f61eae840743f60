package holter.channel;

import java.util.List;

/**
 * One partition as metadata shows it.
 *
 * @param partition its number
 * @param leaderId the leading broker; −1 when there is none
 * @param leaderEpoch the leader's epoch; −1 when the broker's version does not tell
 * @param replicas broker ids; on 0.10 their order means nothing unless ZooKeeper told it
 * @param isr broker ids in the order the cluster keeps, which is a history of rejoining
 */
public record PartitionMap(
    int partition, int leaderId, int leaderEpoch, List<Integer> replicas, List<Integer> isr) {
  public PartitionMap {
    replicas = List.copyOf(replicas);
    isr = List.copyOf(isr);
  }
}
