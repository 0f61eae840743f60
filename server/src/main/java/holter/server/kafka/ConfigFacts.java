package holter.server.kafka;

import holter.diagnose.ClusterFact.Configured;
import holter.diagnose.ClusterFact.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.EntityData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.EntryData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.DescribeConfigsRequest;

/** Which settings are asked for, and what is told of them. Pure. */
final class ConfigFacts {
  /** Up to so many brokers all settings of each are told; of more, one's and what differs. */
  static final int ALL_BROKERS = 12;

  private static final byte TOPIC = 2;
  private static final byte BROKER = 4;

  /** Kafka's mark of a topic's own setting; version 0 of the call only says what is default. */
  private static final byte OF_TOPIC = 1;

  private static final byte SOURCE_UNKNOWN = -1;

  /** What bears on a cause, by name. */
  private static final List<String> OF_BROKERS =
      List.of(
          "min.insync.replicas",
          "unclean.leader.election.enable",
          "replica.lag.time.max.ms",
          "replica.socket.timeout.ms",
          "message.max.bytes",
          "replica.fetch.max.bytes",
          "replica.fetch.response.max.bytes",
          "num.io.threads",
          "num.network.threads",
          "num.replica.fetchers",
          "queued.max.requests",
          "listeners",
          "advertised.listeners",
          "max.connections",
          "max.connections.per.ip",
          "max.connections.per.ip.overrides",
          "max.connection.creation.rate",
          "connections.max.idle.ms",
          "auto.create.topics.enable",
          "auto.leader.rebalance.enable",
          "controlled.shutdown.enable",
          "default.replication.factor",
          "offsets.topic.replication.factor",
          "offsets.retention.minutes",
          "log.retention.ms",
          "log.retention.hours",
          "log.retention.bytes",
          "log.cleanup.policy",
          "remote.log.storage.system.enable",
          "inter.broker.protocol.version",
          "log.message.format.version",
          "zookeeper.session.timeout.ms",
          "broker.session.timeout.ms",
          "leader.replication.throttled.rate",
          "follower.replication.throttled.rate");

  /** What is told of a topic even where it is not the topic's own. */
  private static final Set<String> OF_TOPICS =
      Set.of("min.insync.replicas", "cleanup.policy", "remote.storage.enable", "retention.ms");

  private ConfigFacts() {}

  static AbstractRequest.Builder<?> ofBroker(int id) {
    return ask(BROKER, Integer.toString(id), OF_BROKERS);
  }

  static AbstractRequest.Builder<?> ofTopic(String topic) {
    return ask(TOPIC, topic, null);
  }

  private static AbstractRequest.Builder<?> ask(
      byte kind, String name, @org.jspecify.annotations.Nullable List<String> keys) {
    var resource = new DescribeConfigsResource().setResourceType(kind).setResourceName(name);
    resource.setConfigurationKeys(keys);
    return new DescribeConfigsRequest.Builder(
        new DescribeConfigsRequestData().setResources(List.of(resource)));
  }

  /** A broker's settings by name; a value that is not told is not in it. */
  static Map<String, String> broker(List<DescribeConfigsResourceResult> told) {
    var settings = new TreeMap<String, String>();
    for (DescribeConfigsResourceResult one : told) {
      if (one.value() != null && !one.isSensitive() && OF_BROKERS.contains(one.name())) {
        settings.put(one.name(), one.value());
      }
    }
    return settings;
  }

  /** A topic's overrides, and what matters of the rest. */
  static List<Configured> topic(String topic, List<DescribeConfigsResourceResult> told) {
    var facts = new ArrayList<Configured>();
    for (DescribeConfigsResourceResult one : told) {
      boolean own =
          one.configSource() == OF_TOPIC
              || (one.configSource() == SOURCE_UNKNOWN && !one.isDefault());
      if (one.value() != null && !one.isSensitive() && (own || OF_TOPICS.contains(one.name()))) {
        facts.add(new Configured(Scope.TOPIC, topic, one.name(), one.value()));
      }
    }
    return facts;
  }

  /**
   * Brokers' settings: all of them where the brokers are few; else those of the first, and of the
   * others what is unlike most.
   */
  static List<Configured> brokers(Map<Integer, Map<String, String>> settings) {
    var facts = new ArrayList<Configured>();
    var sorted = new TreeMap<>(settings);
    boolean few = sorted.size() <= ALL_BROKERS;
    Map<String, String> usual = few ? Map.of() : usual(sorted);
    var told = new HashSet<String>();
    sorted.forEach(
        (id, its) ->
            its.forEach(
                (key, value) -> {
                  boolean like = value.equals(usual.get(key));
                  if (few || !like || told.add(key)) {
                    facts.add(new Configured(Scope.BROKER, Integer.toString(id), key, value));
                  }
                }));
    return facts;
  }

  /** The value of each setting that most brokers have; addresses are each broker's own. */
  private static Map<String, String> usual(Map<Integer, Map<String, String>> settings) {
    var counts = new HashMap<String, Map<String, Integer>>();
    settings
        .values()
        .forEach(
            its ->
                its.forEach(
                    (key, value) ->
                        counts
                            .computeIfAbsent(key, k -> new TreeMap<>())
                            .merge(value, 1, Integer::sum)));
    var usual = new HashMap<String, String>();
    counts.forEach(
        (key, values) ->
            values.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .ifPresent(most -> usual.put(key, most.getKey())));
    return usual;
  }

  /** A quota, of whom it is set for first by client, then by user, then by address. */
  static List<Configured> quota(EntryData entry) {
    var names = new TreeMap<String, String>();
    for (EntityData entity : entry.entity()) {
      String name = entity.entityName();
      names.put(entity.entityType(), name == null ? "<default>" : name);
    }
    String client = names.get("client-id");
    String user = names.get("user");
    String name = client != null ? client : user != null ? user : names.getOrDefault("ip", "");
    Scope scope =
        client != null ? Scope.CLIENT_QUOTA : user != null ? Scope.USER_QUOTA : Scope.IP_QUOTA;
    return entry.values().stream()
        .map(value -> new Configured(scope, name, value.key(), plain(value.value())))
        .toList();
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
