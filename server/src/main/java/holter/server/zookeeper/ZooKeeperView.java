package holter.server.zookeeper;

import holter.diagnose.Observation;
import java.util.List;
import java.util.Map;

/**
 * What ZooKeeper knows, as far as it answered in time.
 *
 * @param observations registrations, missing brokers, the topic's map, and what was not answered
 * @param controllerId the controlling broker; −1 when there is none or it is unknown
 * @param replicaOrder per partition, the replica list in its true order; empty when unknown
 */
public record ZooKeeperView(
    List<Observation> observations, int controllerId, Map<Integer, List<Integer>> replicaOrder) {
  public ZooKeeperView {
    observations = List.copyOf(observations);
    replicaOrder = Map.copyOf(replicaOrder);
  }
}
