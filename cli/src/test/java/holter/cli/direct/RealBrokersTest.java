package holter.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.cli.Exit;
import holter.lab.broker.BrokerSpec;
import holter.lab.broker.KafkaSpec;
import holter.lab.broker.LabKafka;
import holter.lab.broker.TopicSpec;
import holter.lab.net.HostSpec;
import holter.lab.net.LabNet;
import holter.lab.net.Route;
import holter.lab.process.Children;
import holter.lab.process.HolterHome;
import holter.lab.process.RunDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The direct verbs as a user starts them, as processes of their own, against real brokers. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class RealBrokersTest {
  private static final int FROZEN = 1001;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Ran(int exit, String out, String err) {}

  @ParameterizedTest
  @ValueSource(strings = {"3.9.2", "0.10.1.1"})
  void aHealthyClusterIsFineAndAFrozenLeaderIsBlamed(String version) throws Exception {
    try (RunDirectory run = RunDirectory.open(HolterHome.path());
        LabNet net = LabNet.open(run.path(), hosts(), "me");
        Children children = new Children();
        LabKafka kafka = LabKafka.start(spec(version), net, children, run.path(), line -> {})) {
      kafka.createTopics(List.of(topic()));
      Path hosts = net.hostsFile("me");

      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(holter(hosts, kafka, "check").exit()).isEqualTo(Exit.OK));
      Ran wrong = holter(hosts, kafka, "check", "--topic", "HeartBaet");
      assertThat(wrong.exit()).isEqualTo(Exit.USAGE);
      assertThat(wrong.err()).hasLineCount(1).contains("--topic HeartBeat");
      Ran probe = holter(hosts, kafka, "probe", "-c", "2", "--deadline", "10s");
      assertThat(probe.exit()).as(probe.out() + probe.err()).isEqualTo(Exit.OK);
      assertThat(probe.out()).contains("read back").contains("HeartBeat-2");

      kafka.stop(FROZEN);
      long askedNs = System.nanoTime();
      Ran frozen = holter(hosts, kafka, "diagnose", "-o", "json");
      assertThat(Duration.ofNanos(System.nanoTime() - askedNs))
          .as("10 s whole, and a busy machine's share")
          .isLessThan(Duration.ofSeconds(20));
      assertThat(frozen.exit()).as(frozen.out() + frozen.err()).isEqualTo(Exit.CHANNEL);
      JsonNode told = JSON.readTree(frozen.out());
      assertThat(sickPartitions(told)).contains(0);
      assertThat(told.toString()).contains("\"SILENT\"");
    }
  }

  private static List<Integer> sickPartitions(JsonNode told) {
    List<Integer> sick = new ArrayList<>();
    for (JsonNode observation : told.path("evidence")) {
      JsonNode fact = observation.path("fact");
      if (fact.path("state").path("type").asText().equals("Sick")) {
        sick.add(fact.path("partition").asInt());
      }
    }
    return sick;
  }

  private static Ran holter(Path hosts, LabKafka kafka, String verb, String... more)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("holter", ".out");
    Path err = Files.createTempFile("holter", ".err");
    List<String> command =
        Stream.of(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Djdk.net.hosts.file=" + hosts,
                    "-cp",
                    classPath(),
                    "holter.cli.Main",
                    verb,
                    "--bootstrap-server",
                    "iota-n2:6667,iota-m2:6667,iota-n1:6667"),
                kafka.zookeeper().stream().flatMap(zk -> Stream.of("--zookeeper", zk)),
                Stream.of(more))
            .flatMap(words -> words)
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
      return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String classPath() {
    return System.getProperty(
        "surefire.test.class.path", System.getProperty("java.class.path", ""));
  }

  private static List<HostSpec> hosts() {
    return Stream.of("me", "iota-m1", "iota-n2", "iota-m2", "iota-n1")
        .map(HostSpec::unlimited)
        .toList();
  }

  private static KafkaSpec spec(String version) {
    List<BrokerSpec> brokers =
        List.of(
            new BrokerSpec(1001, "iota-n2"),
            new BrokerSpec(1002, "iota-m2"),
            new BrokerSpec(1003, "iota-n1"));
    return new KafkaSpec(version, brokers, "iota-m1", Route.OWN, Map.of());
  }

  private static TopicSpec topic() {
    return new TopicSpec(
        "HeartBeat",
        List.of(List.of(1001, 1002, 1003), List.of(1002, 1003, 1001), List.of(1003, 1001, 1002)));
  }
}
