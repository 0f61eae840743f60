package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One worker per broker that leads something: partitions go to their leader's worker, and move when
 * the leader does. A sick broker stalls its own worker and no other. Thread-safe.
 */
final class PerLeader implements AutoCloseable {
  private final Function<BrokerNode, LeaderWorker> hire;
  private final Map<BrokerNode, LeaderWorker> workers = new HashMap<>();
  private boolean closed;

  PerLeader(Function<BrokerNode, LeaderWorker> hire) {
    this.hire = hire;
  }

  /** Hands every partition to its leader as the map has it; leaderless ones to nobody. */
  synchronized void follow(ClusterMap map) {
    if (closed) {
      return;
    }
    var led = new HashMap<BrokerNode, List<PartitionMap>>();
    for (PartitionMap partition : map.partitions()) {
      map.broker(partition.leaderId())
          .ifPresent(b -> led.computeIfAbsent(b, n -> new ArrayList<>()).add(partition));
    }
    workers
        .entrySet()
        .removeIf(
            e -> {
              boolean idle = !led.containsKey(e.getKey());
              if (idle) {
                e.getValue().assign(List.of());
                e.getValue().close();
              }
              return idle;
            });
    led.forEach((broker, partitions) -> workers.computeIfAbsent(broker, hire).assign(partitions));
  }

  /** Tells all workers that this partition is asked about. */
  synchronized void hurry(int partition) {
    workers.values().forEach(worker -> worker.hurry(partition));
  }

  /** Lets a worker go that cannot go on; the next map hires a new one. */
  synchronized void dismiss(BrokerNode broker) {
    LeaderWorker gone = workers.remove(broker);
    if (gone != null) {
      gone.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    workers.values().forEach(LeaderWorker::close);
    workers.clear();
  }
}
