package holter.lab.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import holter.agent.AgentConfig;
import holter.agent.HolterAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOnRealBrokersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SICK = 1;
  private static final int SICK_BROKER = 1002;
  private static final int DTUS = 12;

  private final Set<String> posted = new ConcurrentSkipListSet<>();

  private HttpServer directory() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext(
        "/agent/v1/registrations",
        exchange -> {
          try (exchange) {
            posted.add(JSON.readTree(exchange.getRequestBody()).path("dtu").asText());
            byte[] reply = "{\"applied\":true,\"routeEpoch\":1}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
          }
        });
    server.start();
    return server;
  }

  /**
   * One broker is frozen, as a process that hangs: it leads a partition and follows in the others.
   */
  @ParameterizedTest
  @ValueSource(strings = {"3.9.2", "0.10.1.1"})
  void aFrozenLeaderCostsItsOwnPartitionOnlyAndNoRegistration(String version) throws IOException {
    HttpServer directory = directory();
    try (var cluster = new SmallCluster(version)) {
      cluster.topics("HeartBeat", "Registry");
      var url = URI.create("http://127.0.0.1:" + directory.getAddress().getPort());
      var config =
          AgentConfig.of("dac-07", cluster.kafka.bootstrap(), cluster.directory("dac-07"))
              .withInterval(Duration.ofMillis(200))
              .withOrchestrator(url, "token");
      try (var agent = HolterAgent.start(config)) {
        await().atMost(PATIENCE).until(() -> partitions(cluster).equals(Set.of(0, 1, 2)));
        long from = agent.beats() + 2;
        cluster.kafka.stop(SICK_BROKER);
        register(agent);
        await().atMost(PATIENCE).until(() -> posted.size() == DTUS && agent.beats() > from + 25);
        assertThat(agent.registrar().unacknowledged()).isPositive();
        cluster.kafka.cont(SICK_BROKER);
        await().atMost(PATIENCE).until(() -> agent.registrar().unacknowledged() == 0);
        beatsOfOtherPartitionsAllArrived(cluster, from, from + 25);
        assertThat(registered(cluster)).as("none lost").hasSize(DTUS);
      }
    } finally {
      directory.stop(0);
    }
  }

  private static void register(HolterAgent agent) {
    for (int i = 0; i < DTUS; i++) {
      agent.registrar().up("dtu-" + i, 100 + i, "worker-1:7400");
    }
  }

  private static Set<Integer> partitions(SmallCluster cluster) {
    return cluster.read("HeartBeat").stream()
        .map(record -> record.partition())
        .collect(Collectors.toSet());
  }

  private static Set<String> registered(SmallCluster cluster) {
    return cluster.read("Registry").stream()
        .map(record -> record.key())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void beatsOfOtherPartitionsAllArrived(SmallCluster cluster, long from, long to) {
    Map<Long, Integer> arrived = new HashMap<>();
    Map<Integer, Set<String>> errors = new HashMap<>();
    for (var record : cluster.read("HeartBeat")) {
      JsonNode beat = SmallCluster.json(record);
      assertThat(beat.path("partition").asInt()).isEqualTo(record.partition());
      arrived.put(beat.path("seq").asLong(), record.partition());
      for (JsonNode result : beat.path("results")) {
        if (result.has("error")) {
          errors
              .computeIfAbsent(result.path("p").asInt(), p -> new TreeSet<>())
              .add(result.path("error").asText());
        }
      }
    }
    int sickOffset = sickOffset(arrived);
    List<Long> missing =
        java.util.stream.LongStream.range(from, to)
            .filter(seq -> Math.floorMod(seq, 3) != sickOffset && !arrived.containsKey(seq))
            .boxed()
            .toList();
    assertThat(missing).as("beats of healthy partitions that are not there").isEmpty();
    assertThat(errors.get(SICK)).as("the results tell of the sick partition").contains("TIMEOUT");
  }

  /** Three partitions in turn: those of the sick one have one remainder mod 3. */
  private static int sickOffset(Map<Long, Integer> arrived) {
    return arrived.entrySet().stream()
        .filter(entry -> entry.getValue() == SICK)
        .map(entry -> (int) Math.floorMod(entry.getKey(), 3L))
        .findFirst()
        .orElseThrow();
  }
}
