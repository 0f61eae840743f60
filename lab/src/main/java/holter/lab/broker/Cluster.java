package holter.lab.broker;

import holter.lab.process.LabException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;

/** The lab's own look at its cluster, by an Admin client of 3.9.2. */
final class Cluster implements AutoCloseable {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(3);

  private final Admin admin;

  Cluster(String bootstrap) {
    var settings = new Properties();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2000);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2500);
    settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 50);
    settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
    settings.put(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, 50);
    admin = Admin.create(settings);
  }

  /** The brokers that are registered now; empty when the cluster does not say. */
  Set<Integer> registered() {
    try {
      Collection<Node> nodes =
          admin.describeCluster().nodes().get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      var ids = new HashSet<Integer>();
      nodes.forEach(node -> ids.add(node.id()));
      return ids;
    } catch (ExecutionException | TimeoutException e) {
      return Set.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Set.of();
    }
  }

  void create(List<TopicSpec> topics) {
    var wanted = new ArrayList<NewTopic>();
    for (var topic : topics) {
      Map<Integer, List<Integer>> assignment = new HashMap<>();
      for (int p = 0; p < topic.replicas().size(); p++) {
        assignment.put(p, topic.replicas().get(p));
      }
      wanted.add(new NewTopic(topic.name(), assignment).configs(topic.configs()));
    }
    try {
      admin.createTopics(wanted).all().get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      boolean there = e.getCause() instanceof TopicExistsException;
      // a busy controller of 0.10 gives up waiting and creates them yet; the caller looks for them
      boolean late = e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException;
      if (!there && !late) {
        throw new LabException("cannot create topics; " + e, e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether each partition has its preferred leader and all its replicas in the ISR. */
  boolean complete(List<TopicSpec> topics) {
    try {
      var names = topics.stream().map(TopicSpec::name).toList();
      Map<String, TopicDescription> found =
          admin
              .describeTopics(names)
              .allTopicNames()
              .get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return topics.stream()
          .allMatch(
              topic -> {
                var description = found.get(topic.name());
                return description != null && matches(topic, description.partitions());
              });
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean matches(TopicSpec topic, List<TopicPartitionInfo> partitions) {
    return partitions.size() == topic.replicas().size()
        && partitions.stream()
            .allMatch(
                partition -> {
                  var replicas = topic.replicas().get(partition.partition());
                  return partition.leader() != null
                      && partition.leader().id() == replicas.getFirst()
                      && partition.isr().size() == replicas.size();
                });
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
