package holter.server.kafka;

import holter.channel.PartitionMap;
import java.util.List;

/** Serves the partitions that one broker leads, on a thread and connections of its own. */
interface LeaderWorker extends AutoCloseable {
  /** Which partitions it serves from now on; called from another thread. */
  void assign(List<PartitionMap> partitions);

  /** One of its partitions is asked about: what it does by rounds it may do now. Any thread. */
  default void hurry(int partition) {}

  /** Ends soon; does not wait. */
  @Override
  void close();
}
