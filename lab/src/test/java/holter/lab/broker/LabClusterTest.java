package holter.lab.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holter.lab.net.HostSpec;
import holter.lab.net.LabNet;
import holter.lab.net.LinkMode;
import holter.lab.net.Nic;
import holter.lab.net.Route;
import holter.lab.process.Children;
import holter.lab.process.HolterHome;
import holter.lab.process.RunDirectory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One small cluster per version, through everything the lab can do to it. */
class LabClusterTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String TOPIC = "HeartBeat";
  private static final List<List<Integer>> REPLICAS =
      List.of(List.of(1001, 1002), List.of(1002, 1001));

  @ParameterizedTest
  @ValueSource(strings = {"3.9.2", "0.10.1.1"})
  void aClusterServesFreezesDiesAndReturns(String version) throws Exception {
    try (var lab = new Lab(version)) {
      lab.kafka.createTopics(List.of(new TopicSpec(TOPIC, REPLICAS)));
      bytesGoThroughTheNicsAndLogsAreWhereTheyBelong(lab);
      aStoppedBrokerIsConnectableAndSilentAndComesBack(lab);
      aKilledBrokerRefusesAndComesBackAfterARestart(lab);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"4.4.0", "2.8.2", "0.10.0.1"})
  void furtherVersionsDoTheSame(String version) throws Exception {
    aClusterServesFreezesDiesAndReturns(version);
  }

  private static void bytesGoThroughTheNicsAndLogsAreWhereTheyBelong(Lab lab) throws Exception {
    long before = lab.net.host("b").ingress().passedBytes();
    try (var client = new RoundTrip(lab.kafka.bootstrap(), TOPIC)) {
      assertThat(client.produceAndRead(0, "one")).isEqualTo("one");
      assertThat(client.produceAndRead(1, "two")).isEqualTo("two");
    }
    assertThat(lab.net.host("b").ingress().passedBytes()).isGreaterThan(before);
    assertThat(lab.net.host("control").egress().passedBytes()).isZero(); // a route of its own
    var logs = lab.kafka.logDir(1001);
    assertThat(logs.resolve("controller.log")).exists();
    assertThat(logs.resolve("state-change.log")).exists();
    var server = Files.readString(logs.resolve("server.log"));
    assertThat(server).contains("INFO").contains("started (kafka.server.");
    if (lab.kafka.spec().version().startsWith("0.")) {
      assertThat(server).doesNotContain("(org.apache.");
      assertThat(Files.readString(logs.resolve("kafkaServer.out"))).contains("(org.apache.");
    } else {
      assertThat(server).contains("(org.apache.");
    }
  }

  private static void aStoppedBrokerIsConnectableAndSilentAndComesBack(Lab lab) throws Exception {
    lab.kafka.stop(1002);
    Awaitility.await().atMost(LIMIT).until(() -> lab.kafka.child(1002).stopped());
    assertThat(lab.kafka.alive(1002)).isTrue();
    assertThatThrownBy(() -> SmallCall.apiVersions(lab.seen("b"), Duration.ofSeconds(1)))
        .isInstanceOf(java.net.SocketTimeoutException.class);
    lab.kafka.cont(1002);
    assertThat(SmallCall.apiVersions(lab.seen("b"), LIMIT)).isPositive();
    Awaitility.await().atMost(LIMIT).until(() -> lab.kafka.registered().contains(1002));
  }

  private static void aKilledBrokerRefusesAndComesBackAfterARestart(Lab lab) throws Exception {
    lab.kafka.kill(1002);
    assertThat(lab.kafka.alive(1002)).isFalse();
    try (var socket = new Socket()) {
      assertThatThrownBy(() -> socket.connect(lab.seen("b"), 5000))
          .isInstanceOf(ConnectException.class);
    }
    lab.kafka.restart(1002, LIMIT);
    assertThat(SmallCall.apiVersions(lab.seen("b"), LIMIT)).isPositive();
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"3.9.2", "0.10.1.1", "4.4.0"})
  void aPairOfBrokersThatCannotSpeakShrinksTheIsrAndNothingElse(String version) throws Exception {
    try (var lab = new Lab(version, Map.of("replica.lag.time.max.ms", "5000"))) {
      lab.kafka.createTopics(List.of(new TopicSpec(TOPIC, REPLICAS)));
      lab.net.link("a", "b", new LinkMode.StopReading());
      try (var client = new RoundTrip(lab.kafka.bootstrap(), TOPIC)) {
        Awaitility.await()
            .atMost(LIMIT)
            .untilAsserted(
                () -> {
                  client.send(0, "x");
                  client.send(1, "y");
                  assertThat(client.isr(0)).containsExactly(1001);
                  assertThat(client.isr(1)).containsExactly(1002);
                });
      }
      assertThat(lab.kafka.registered()).containsExactlyInAnyOrder(1001, 1002);
    }
  }

  /** Two brokers on hosts a and b, control on its own host, this JVM on host ops. */
  private static final class Lab implements AutoCloseable {
    final RunDirectory run = RunDirectory.open(HolterHome.path());
    final Children children = new Children();
    final LabNet net;
    final LabKafka kafka;

    Lab(String version) {
      this(version, Map.of());
    }

    Lab(String version, Map<String, String> settings) {
      var nic = new Nic(12_500_000, Duration.ofMillis(200));
      net =
          LabNet.open(
              run.path(),
              List.of(
                  new HostSpec("a", nic),
                  new HostSpec("b", nic),
                  HostSpec.unlimited("control"),
                  HostSpec.unlimited("ops")),
              "ops");
      var brokers = List.of(new BrokerSpec(1001, "a"), new BrokerSpec(1002, "b"));
      var spec = new KafkaSpec(version, brokers, "control", Route.OWN, settings);
      kafka = LabKafka.start(spec, net, children, run.path().resolve("kafka"), line -> {});
    }

    InetSocketAddress seen(String host) {
      return new InetSocketAddress(net.address("ops", host), ServerProperties.BROKER_PORT);
    }

    @Override
    public void close() throws IOException {
      kafka.close();
      children.close();
      net.close();
      run.close();
    }
  }
}
