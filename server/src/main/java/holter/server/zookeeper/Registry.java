package holter.server.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import holter.diagnose.ClusterFact;
import holter.diagnose.ClusterFact.Configured;
import holter.diagnose.ClusterFact.Scope;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/**
 * One reading of Kafka's nodes in ZooKeeper: all questions are sent at once and answered in order.
 * Used once, by one thread.
 */
final class Registry {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** More partitions of one topic than this are not read; the first ones are. */
  private static final int PARTITIONS_MAX = 500;

  /** Of more clients with a quota the first ones are read. */
  private static final int QUOTAS_MAX = 100;

  private final ZooKeeper keeper;
  private final String witness;
  private final LongSupplier clockMs;
  private final long endNs;
  private final List<Observation> seen = new ArrayList<>();

  /** A node's data and when it was made, by the ZooKeeper leader's clock. */
  private record Node(String text, long createdWallMs) {}

  Registry(ZooKeeper keeper, String witness, LongSupplier clockMs, long endNs) {
    this.keeper = keeper;
    this.witness = witness;
    this.clockMs = clockMs;
    this.endNs = endNs;
  }

  ZooKeeperView read(String topic, Set<Integer> expected) throws InterruptedException {
    CompletableFuture<@Nullable Node> controller = data("/controller");
    CompletableFuture<@Nullable Node> topicNode = data("/brokers/topics/" + topic);
    CompletableFuture<@Nullable Node> overrides = data("/config/topics/" + topic);
    CompletableFuture<@Nullable List<String>> clients = children("/config/clients");
    List<BrokerNode> brokers = brokers(expected);
    Node controlled = await(controller, "/controller");
    JsonNode owner = json(controlled);
    if (controlled != null) {
      tell(new ClusterFact.ControllerSeen(owner.path("brokerid").asInt(-1), "zookeeper"));
    }
    configured(Scope.TOPIC, topic, await(overrides, "/config/topics/" + topic));
    quotas(await(clients, "/config/clients"));
    Map<Integer, List<Integer>> order =
        replicas(json(await(topicNode, "/brokers/topics/" + topic)));
    if (!order.isEmpty()) {
      map(topic, brokers, order).ifPresent(map -> tell(new Fact.Metadata(map)));
    }
    return new ZooKeeperView(seen, owner.path("brokerid").asInt(-1), order);
  }

  /** Quotas by client id, which brokers below 2.6 tell nobody. */
  private void quotas(@Nullable List<String> clients) throws InterruptedException {
    if (clients == null) return;
    var asked = new TreeMap<String, CompletableFuture<@Nullable Node>>();
    clients.stream()
        .sorted()
        .limit(QUOTAS_MAX)
        .forEach(client -> asked.put(client, data("/config/clients/" + client)));
    for (var one : asked.entrySet()) {
      Node node = await(one.getValue(), "/config/clients/" + one.getKey());
      configured(Scope.CLIENT_QUOTA, one.getKey(), node);
    }
  }

  private void configured(Scope scope, String of, @Nullable Node node) {
    json(node)
        .path("config")
        .properties()
        .forEach(e -> tell(new Configured(scope, of, e.getKey(), e.getValue().asText())));
  }

  private List<BrokerNode> brokers(Set<Integer> expected) throws InterruptedException {
    List<String> ids = await(children("/brokers/ids"), "/brokers/ids");
    if (ids == null) {
      if (seen.isEmpty()) {
        unasked("/brokers/ids", Sentence.of(UnaskedWords.NO_IDS));
      }
      return List.of();
    }
    var asked = new TreeMap<Integer, CompletableFuture<@Nullable Node>>();
    ids.stream()
        .filter(id -> id.matches("\\d{1,9}"))
        .forEach(id -> asked.put(Integer.parseInt(id), data("/brokers/ids/" + id)));
    var brokers = new ArrayList<BrokerNode>();
    for (var one : asked.entrySet()) {
      Node node = await(one.getValue(), "/brokers/ids/" + one.getKey());
      if (node != null) {
        brokers.add(registered(one.getKey(), node));
      }
    }
    var missing = new TreeSet<>(expected);
    missing.removeAll(asked.keySet());
    missing.forEach(id -> tell(new Fact.NotRegistered(id, "zookeeper")));
    return brokers;
  }

  private BrokerNode registered(int id, Node node) {
    JsonNode told = json(node);
    String host = told.path("host").asText("");
    int port = told.path("port").asInt(-1);
    if (host.isEmpty() || port < 0) { // with security or several listeners, only endpoints tell
      for (JsonNode endpoint : told.path("endpoints")) {
        URI address = address(endpoint.asText());
        if (address != null) {
          host = address.getHost();
          port = address.getPort();
          break;
        }
      }
    }
    long selfReported = told.path("timestamp").asLong(0);
    tell(new Fact.Registered(id, host, port, node.createdWallMs(), selfReported));
    return new BrokerNode(id, host, port);
  }

  private static @Nullable URI address(String endpoint) {
    try {
      URI uri = URI.create(endpoint.replace('_', '-')); // SASL_SSL is no scheme to a URI
      return uri.getHost() == null || uri.getPort() < 0 ? null : uri;
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  /** Empty when a partition's state did not come: nobody's leader is not known to be none. */
  private Optional<ClusterMap> map(
      String topic, List<BrokerNode> brokers, Map<Integer, List<Integer>> order)
      throws InterruptedException {
    var states = new TreeMap<Integer, CompletableFuture<@Nullable Node>>();
    order.keySet().stream()
        .sorted()
        .limit(PARTITIONS_MAX)
        .forEach(p -> states.put(p, data(state(topic, p))));
    var partitions = new ArrayList<PartitionMap>();
    for (var one : states.entrySet()) {
      int number = one.getKey();
      JsonNode state = json(await(one.getValue(), state(topic, number)));
      if (!one.getValue().isDone() || one.getValue().isCompletedExceptionally()) {
        return Optional.empty();
      }
      partitions.add(
          new PartitionMap(
              number,
              state.path("leader").asInt(-1),
              state.path("leader_epoch").asInt(-1),
              order.getOrDefault(number, List.of()),
              ids(state.path("isr"))));
    }
    return Optional.of(
        new ClusterMap(topic, brokers, partitions, clockMs.getAsLong(), "zookeeper"));
  }

  private static String state(String topic, int partition) {
    return "/brokers/topics/" + topic + "/partitions/" + partition + "/state";
  }

  private static Map<Integer, List<Integer>> replicas(JsonNode topic) {
    var order = new HashMap<Integer, List<Integer>>();
    topic
        .path("partitions")
        .properties()
        .forEach(
            e -> {
              if (e.getKey().matches("\\d{1,9}")) {
                order.put(Integer.parseInt(e.getKey()), ids(e.getValue()));
              }
            });
    return order;
  }

  private static List<Integer> ids(JsonNode array) {
    var ids = new ArrayList<Integer>();
    array.forEach(id -> ids.add(id.asInt(-1)));
    return ids;
  }

  private static JsonNode json(@Nullable Node node) {
    if (node == null) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode read = JSON.readTree(node.text());
      return read == null ? JSON.createObjectNode() : read;
    } catch (JsonProcessingException garbage) {
      return JSON.createObjectNode();
    }
  }

  private CompletableFuture<@Nullable Node> data(String path) {
    var answer = new CompletableFuture<@Nullable Node>();
    keeper.getData(
        path,
        false,
        (code, p, context, data, stat) -> {
          if (code == KeeperException.Code.OK.intValue()) {
            answer.complete(new Node(data == null ? "" : new String(data, UTF_8), stat.getCtime()));
          } else {
            refuse(code, answer);
          }
        },
        null);
    return answer;
  }

  private CompletableFuture<@Nullable List<String>> children(String path) {
    var answer = new CompletableFuture<@Nullable List<String>>();
    keeper.getChildren(
        path,
        false,
        (code, p, context, children) -> {
          if (code == KeeperException.Code.OK.intValue()) {
            answer.complete(children);
          } else {
            refuse(code, answer);
          }
        },
        null);
    return answer;
  }

  private static void refuse(int code, CompletableFuture<?> answer) {
    if (code == KeeperException.Code.NONODE.intValue()) {
      answer.complete(null); // not there is an answer
    } else {
      answer.completeExceptionally(KeeperException.create(KeeperException.Code.get(code)));
    }
  }

  /** The answer; null when there is no such node, or none was given in time, which is told. */
  private <T> @Nullable T await(CompletableFuture<@Nullable T> answer, String path)
      throws InterruptedException {
    try {
      return answer.get(Math.max(0, endNs - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      unasked(path, Sentence.of(UnaskedWords.LATE));
    } catch (ExecutionException refused) {
      unasked(path, Sentence.of(UnaskedWords.NODE_REFUSED, String.valueOf(refused.getCause())));
    }
    return null;
  }

  private void unasked(String path, Sentence why) {
    tell(new Fact.Unasked(Sentence.of(UnaskedWords.NODE, path), why));
  }

  private void tell(Fact fact) {
    seen.add(new Observation(Source.ZOOKEEPER, witness, clockMs.getAsLong(), fact));
  }
}
