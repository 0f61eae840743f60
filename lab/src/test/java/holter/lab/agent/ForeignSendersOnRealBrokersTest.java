package holter.lab.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holter.lab.foreign.ForeignSender;
import holter.lab.process.ChildSpec;
import holter.lab.process.HolterHome;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ForeignSendersOnRealBrokersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static void start(SmallCluster cluster, String instance, boolean keyed)
      throws URISyntaxException {
    Path home = cluster.directory(instance);
    Path libs = HolterHome.path().resolve("kafka").resolve("0.10.1.1").resolve("libs");
    var source = ForeignSender.class.getProtectionDomain().getCodeSource();
    Path classes = Path.of(Objects.requireNonNull(source).getLocation().toURI());
    cluster.children.start(
        new ChildSpec(
            instance,
            SmallCluster.WORKER_HOST,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djdk.net.hosts.file=" + cluster.net.hostsFile(SmallCluster.WORKER_HOST),
                "-cp",
                classes + File.pathSeparator + libs + File.separator + "*",
                ForeignSender.class.getName(),
                "--instance",
                instance,
                "--bootstrap",
                cluster.kafka.bootstrap(),
                "--interval-ms",
                "300",
                "--keyed",
                String.valueOf(keyed)),
            Map.of(),
            home,
            home.resolve("out.log")));
  }

  @Test
  void theClientOfTheIncidentSendsKeyedToOnePartitionAndKeylessToAll() throws URISyntaxException {
    try (var cluster = new SmallCluster("0.10.1.1")) {
      cluster.topics("HeartBeat");
      start(cluster, "savoir-1", true);
      start(cluster, "legacy-1", false);
      await()
          .atMost(PATIENCE)
          .until(() -> of(cluster, "savoir-1").size() >= 5 && of(cluster, "legacy-1").size() >= 8);
      assertThat(of(cluster, "savoir-1"))
          .allMatch(record -> "savoir-1".equals(record.key()))
          .extracting(ConsumerRecord::partition)
          .containsOnly(of(cluster, "savoir-1").get(0).partition());
      assertThat(of(cluster, "legacy-1")).allMatch(record -> record.key() == null);
      assertThat(
              of(cluster, "legacy-1").stream()
                  .map(ConsumerRecord::partition)
                  .collect(Collectors.toSet()))
          .hasSize(3);
    }
  }

  private static List<ConsumerRecord<String, String>> of(SmallCluster cluster, String instance) {
    return cluster.read("HeartBeat").stream()
        .filter(
            record -> SmallCluster.json(record).path("device").path("id").asText().equals(instance))
        .toList();
  }
}
