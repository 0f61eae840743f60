package holter.lab.stage;

import holter.lab.witness.Witness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.jspecify.annotations.Nullable;

/** What the lab sees of a case's world for itself. It shares no code with Holter. Thread-safe. */
final class LabEye {
  private static final int BROKER_PORT = 6667;
  private static final int CONNECT_MS = 2000;
  private static final long CALL_SECONDS = 6;

  private final CaseWorld.Parts world;

  LabEye(CaseWorld.Parts world) {
    this.world = world;
  }

  /** How long the smallest question takes from a host to a broker, in ms; −1 without an answer. */
  double ask(String from, String toHost) {
    return Witness.ask(dial(from, toHost));
  }

  /** The lab's own host. */
  String here() {
    return CaseWorld.VANTAGE;
  }

  private InetSocketAddress dial(String from, String to) {
    return new InetSocketAddress(world.net().address(from, to), BROKER_PORT);
  }

  /** Whether a connect from one host to another is answered. */
  boolean connects(String from, String to) {
    try (var socket = new Socket()) {
      socket.connect(dial(from, to), CONNECT_MS);
      return true;
    } catch (IOException refusedOrDark) {
      return false;
    }
  }

  /** A partition as the cluster tells it. */
  Optional<TopicPartitionInfo> partition(String topic, int number) {
    var told =
        get(world.admin().describeTopics(List.of(topic)).allTopicNames())
            .map(topics -> topics.get(topic));
    return told.flatMap(
        t -> t.partitions().stream().filter(p -> p.partition() == number).findFirst());
  }

  /** Whether a broker reports an error of one of its data directories, or none of that name. */
  boolean dirFailed(int broker, String directory) {
    return get(world.admin().describeLogDirs(List.of(broker)).allDescriptions())
        .map(all -> all.getOrDefault(broker, Map.<String, LogDirDescription>of()))
        .map(dirs -> dirs.get(directory))
        .map(dir -> dir.error() != null)
        .orElse(false);
  }

  /** A topic's setting. */
  Optional<String> config(String topic, String key) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return get(world.admin().describeConfigs(List.of(resource)).all())
        .map(configs -> configs.get(resource))
        .map(config -> config.get(key))
        .map(entry -> entry.value());
  }

  /** The bytes per second that a client id may produce. */
  Optional<Double> quota(String clientId) {
    return get(world.admin().describeClientQuotas(ClientQuotaFilter.all()).entities())
        .map(all -> all.get(new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, clientId))))
        .map(quotas -> quotas.get("producer_byte_rate"));
  }

  /** Whether a user has a SCRAM login; empty when the cluster does not say. */
  Optional<Boolean> known(String user) {
    return get(world.admin().describeUserScramCredentials().all()).map(m -> m.containsKey(user));
  }

  /** Whether a right stands. */
  Optional<Boolean> granted(AclBindingFilter right) {
    return get(world.admin().describeAcls(right).values()).map(found -> !found.isEmpty());
  }

  private static <T> Optional<T> get(KafkaFuture<T> asked) {
    try {
      @Nullable T told = asked.get(CALL_SECONDS, TimeUnit.SECONDS);
      return Optional.ofNullable(told);
    } catch (ExecutionException | TimeoutException unanswered) {
      return Optional.empty();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
