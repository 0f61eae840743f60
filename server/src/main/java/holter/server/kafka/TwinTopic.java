package holter.server.kafka;

import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Holter's own topic beside the heartbeat topic, with the same replica lists and leaders, so that a
 * record to a twin partition takes the path of a beat. Made where the cluster allows it; where it
 * cannot be made, or leaders have moved apart, it is said in one line and those lanes only fetch.
 *
 * <p>Nothing is moved: a twin whose leaders went apart comes together again when the leaders
 * return, or when it is deleted and made anew. Thread-safe; every call has a deadline.
 */
public final class TwinTopic {
  /** Probe records are of no use after seconds; ten minutes leave something to look at. */
  private static final Map<String, String> CONFIG =
      Map.of(
          "cleanup.policy", "delete",
          "retention.ms", "600000",
          "segment.ms", "600000",
          "segment.bytes", Integer.toString(1 << 20),
          "min.insync.replicas", "1");

  private final KafkaSettings settings;
  private final String name;

  /**
   * @param name of the twin; never one of somebody else's topics
   */
  public TwinTopic(KafkaSettings settings, String name) {
    this.settings = settings;
    this.name = name;
  }

  /**
   * Makes the twin, or what is missing of it. This writes to the cluster: call it only when writing
   * was asked for.
   *
   * @param topic the map of the topic it stands for
   * @param twin the map of the twin; empty or without partitions when there is none
   * @param order replica lists in their true order, where ZooKeeper told them; may be empty
   */
  public TwinState ensure(
      ClusterMap topic,
      Optional<ClusterMap> twin,
      Map<Integer, List<Integer>> order,
      Duration deadline) {
    if (topic.partitions().isEmpty()) {
      return TwinState.absent("topic " + topic.topic() + " does not exist, so it has no twin");
    }
    List<PartitionMap> present = twin.map(ClusterMap::partitions).orElse(List.of());
    if (present.size() >= topic.partitions().size()) {
      return compare(topic, present);
    }
    String failure =
        present.isEmpty() ? create(topic, order, deadline) : grow(topic, present, order, deadline);
    if (failure == null) {
      return new TwinState(true, List.of(), "");
    }
    return present.isEmpty()
        ? TwinState.absent(failure)
        : new TwinState(true, compare(topic, present).apart(), failure);
  }

  /** How the twin stands, without writing anything. */
  public TwinState look(ClusterMap topic, Optional<ClusterMap> twin) {
    List<PartitionMap> present = twin.map(ClusterMap::partitions).orElse(List.of());
    return present.isEmpty()
        ? TwinState.absent("there is no topic " + name + "; lanes only fetch")
        : compare(topic, present);
  }

  /** The replica list of a twin partition: its topic's, the present leader first. */
  static List<Integer> replicas(PartitionMap partition, Map<Integer, List<Integer>> order) {
    var replicas = new ArrayList<>(order.getOrDefault(partition.partition(), partition.replicas()));
    if (replicas.removeIf(id -> id == partition.leaderId())) {
      replicas.addFirst(partition.leaderId());
    }
    return replicas;
  }

  private TwinState compare(ClusterMap topic, List<PartitionMap> present) {
    var leaders = new HashMap<Integer, Integer>();
    present.forEach(p -> leaders.put(p.partition(), p.leaderId()));
    List<Integer> apart =
        topic.partitions().stream()
            .filter(p -> leaders.getOrDefault(p.partition(), -1) != p.leaderId())
            .map(PartitionMap::partition)
            .toList();
    String why =
        apart.isEmpty()
            ? ""
            : "partitions "
                + apart
                + " of "
                + name
                + " have other leaders than those of "
                + topic.topic()
                + "; their lanes only fetch";
    return new TwinState(true, apart, why);
  }

  private @Nullable String create(
      ClusterMap topic, Map<Integer, List<Integer>> order, Duration deadline) {
    var assignments = new HashMap<Integer, List<Integer>>();
    topic.partitions().forEach(p -> assignments.put(p.partition(), replicas(p, order)));
    var wanted = new NewTopic(name, assignments).configs(CONFIG);
    return run(
        deadline,
        admin ->
            admin
                .createTopics(List.of(wanted), new CreateTopicsOptions().timeoutMs(ms(deadline)))
                .all()
                .get(deadline.toMillis(), TimeUnit.MILLISECONDS));
  }

  private @Nullable String grow(
      ClusterMap topic,
      List<PartitionMap> present,
      Map<Integer, List<Integer>> order,
      Duration deadline) {
    List<List<Integer>> more =
        topic.partitions().stream()
            .skip(present.size())
            .map(partition -> replicas(partition, order))
            .toList();
    var wanted = Map.of(name, NewPartitions.increaseTo(topic.partitions().size(), more));
    return run(
        deadline,
        admin ->
            admin
                .createPartitions(wanted, new CreatePartitionsOptions().timeoutMs(ms(deadline)))
                .all()
                .get(deadline.toMillis(), TimeUnit.MILLISECONDS));
  }

  private interface Call {
    void on(Admin admin) throws ExecutionException, InterruptedException, TimeoutException;
  }

  /** Null when it was done, else why not. */
  private @Nullable String run(Duration deadline, Call call) {
    String addresses = String.join(",", settings.bootstrapServers());
    try (Admin admin = Admin.create(settings.client(addresses, ms(deadline)))) {
      try {
        call.on(admin);
        return null;
      } finally {
        admin.close(Duration.ZERO);
      }
    } catch (ExecutionException refused) {
      return why(refused.getCause());
    } catch (TimeoutException late) {
      return "the cluster did not make topic " + name + " in " + deadline.toMillis() + " ms";
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return "interrupted while making topic " + name;
    }
  }

  private @Nullable String why(@Nullable Throwable cause) {
    return switch (cause) {
      case TopicExistsException made -> null; // another replica of ours was faster
      case UnsupportedVersionException old ->
          "these brokers let no client make topic "
              + name
              + " (0.10.1 and later do); make it by hand with the replica lists of its topic";
      case AuthorizationException denied ->
          "no right to make topic " + name + "; grant Create, or make it by hand";
      case null -> "topic " + name + " could not be made";
      default -> "topic " + name + " could not be made: " + cause.getMessage();
    };
  }

  private static int ms(Duration deadline) {
    return Math.toIntExact(deadline.toMillis());
  }
}
