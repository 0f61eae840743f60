package holter.lab.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import holter.diagnose.Observation;
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
import holter.server.log.BrokerLogs;
import holter.server.log.LogSource;
import holter.server.log.LogWindow;
import holter.server.log.NamedLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs in logs that real brokers and a real client wrote while things were done to them. */
class LogsOfRealBrokersTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String TOPIC = "HeartBeat";

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"0.10.1.1", "2.8.2", "3.9.2", "4.4.0"})
  void whatIsDoneToABrokerStandsInItsLogAndInItsClients(String version) throws Exception {
    try (var lab = new Lab(version)) {
      inCalmNothingButTheStartStandsInTheLogs(lab);
      lab.membersComeAndGo();
      lab.askForATopicThatNobodyMade();
      lab.sendTooLarge();
      lab.growTheTopic();
      lab.kafka.child(1002).terminate();
      lab.kafka.child(1002).awaitExit(LIMIT);
      lab.sendToAnIsrThatIsTooSmall();
      lab.knockAtAClosedPort();
      lab.kafka.restart(1002, LIMIT);
      lab.kafka.kill(1002);
      lab.kafka.restart(1002, LIMIT);
      lab.readUntil(1002, LogSign.RECOVERING_LOGS);

      assertThat(lab.signs(1002))
          .contains(
              LogSign.STARTING, LogSign.STARTED, LogSign.STOPPED_CLEANLY, LogSign.RECOVERING_LOGS);
      assertThat(lab.logged(LogSign.STARTING, 1002)).isEqualTo(3);
      assertThat(lab.about(LogSign.UNDER_MIN_ISR)).contains(TOPIC + "-0");
      assertThat(lab.about(LogSign.GROUP_REBALANCES)).contains("readers");
      if (!version.startsWith("2.")) { // 2.8 with ZooKeeper makes it without a word
        assertThat(lab.about(LogSign.TOPIC_CREATED_BY_ASKING)).contains("HeartBeet");
      }
      if (version.startsWith("2.") || version.startsWith("4.")) { // 3.9 only at DEBUG
        assertThat(lab.about(LogSign.PARTITIONS_ADDED)).contains(TOPIC);
      }
      theClientSaysSoToo(lab);
      assertThat(lab.all()).extracting(Observation::fact).noneMatch(Fact.Unasked.class::isInstance);
    }
  }

  private static void inCalmNothingButTheStartStandsInTheLogs(Lab lab) {
    assertThat(lab.signs(1003))
        .contains(LogSign.STARTED)
        .doesNotContain(
            LogSign.NODE_DISCONNECTED,
            LogSign.PARTITION_FAILED,
            LogSign.STALE_LEADER,
            LogSign.RECOVERING_LOGS,
            LogSign.STOPPED_CLEANLY,
            LogSign.TRUNCATED,
            LogSign.CORRUPT_DATA,
            LogSign.NO_SPACE);
  }

  private static void theClientSaysSoToo(Lab lab) {
    List<Fact.Logged> client =
        new NamedLogs(System::currentTimeMillis)
            .clients(lab.clientLog, lab.window(), LIMIT).stream()
                .map(Observation::fact)
                .filter(Fact.Logged.class::isInstance)
                .map(Fact.Logged.class::cast)
                .toList();
    assertThat(client)
        .extracting(Fact.Logged::sign)
        .contains(
            LogSign.RECORD_TOO_LARGE,
            LogSign.NOT_ENOUGH_REPLICAS,
            LogSign.NODE_UNREACHABLE,
            LogSign.GROUP_REBALANCES);
    assertThat(client)
        .filteredOn(f -> f.sign() == LogSign.NOT_ENOUGH_REPLICAS)
        .anySatisfy(f -> assertThat(f.about()).isEqualTo(TOPIC + "-0"));
    assertThat(client).allSatisfy(f -> assertThat(f.log()).isEqualTo("dac-7"));
  }

  /** Three brokers, a client and its log. */
  private static final class Lab implements AutoCloseable {
    final RunDirectory run = RunDirectory.open(HolterHome.path());
    final Children children = new Children();
    final LabNet net;
    final LabKafka kafka;
    final Path clientLog = run.path().resolve("dac-7.log");
    final ClientLog client = new ClientLog(clientLog);
    final long begunMs = System.currentTimeMillis();
    final String version;

    Lab(String version) {
      this.version = version;
      var hosts = Stream.of("a", "b", "c", "control", "ops").map(HostSpec::unlimited).toList();
      net = LabNet.open(run.path(), hosts, "ops");
      var brokers =
          List.of(new BrokerSpec(1001, "a"), new BrokerSpec(1002, "b"), new BrokerSpec(1003, "c"));
      Map<String, String> settings =
          Map.of("replica.lag.time.max.ms", "4000", "num.partitions", "1");
      var spec = new KafkaSpec(version, brokers, "control", Route.OWN, settings);
      kafka = LabKafka.start(spec, net, children, run.path().resolve("kafka"), line -> {});
      kafka.createTopics(
          List.of(
              new TopicSpec(
                  TOPIC, List.of(List.of(1001, 1002)), Map.of("min.insync.replicas", "2"))));
    }

    LogWindow window() {
      return LogWindow.of(begunMs - 1000, System.currentTimeMillis() + 60_000);
    }

    List<Observation> all() {
      List<BrokerNode> nodes =
          kafka.spec().brokers().stream().map(b -> new BrokerNode(b.id(), b.host(), 6667)).toList();
      return new BrokerLogs(new LogSource.Directory(kafka.directory()), System::currentTimeMillis)
          .observe(nodes, window(), LIMIT);
    }

    private List<Fact.Logged> logged() {
      return all().stream()
          .map(Observation::fact)
          .filter(Fact.Logged.class::isInstance)
          .map(Fact.Logged.class::cast)
          .toList();
    }

    List<LogSign> signs(int broker) {
      return logged().stream()
          .filter(f -> f.brokerId() == broker)
          .map(Fact.Logged::sign)
          .distinct()
          .toList();
    }

    int logged(LogSign sign, int broker) {
      return logged().stream()
          .filter(f -> f.sign() == sign && f.brokerId() == broker)
          .mapToInt(Fact.Logged::count)
          .sum();
    }

    /** Of a sign that the controller writes too, whoever wrote it. */
    List<String> about(LogSign sign) {
      var about =
          new ArrayList<>(
              logged().stream().filter(f -> f.sign() == sign).map(Fact.Logged::about).toList());
      new BrokerLogs(new LogSource.Directory(kafka.directory()), System::currentTimeMillis)
          .observe(List.of(new BrokerNode(3000, "control", 1)), window(), LIMIT).stream()
              .map(Observation::fact)
              .filter(Fact.Logged.class::isInstance)
              .map(Fact.Logged.class::cast)
              .filter(f -> f.sign() == sign)
              .map(Fact.Logged::about)
              .forEach(about::add);
      return about;
    }

    void readUntil(int broker, LogSign sign) {
      Awaitility.await().atMost(LIMIT).until(() -> signs(broker).contains(sign));
    }

    private KafkaProducer<byte[], byte[]> producer(String bootstrap) {
      var settings = new Properties();
      settings.put("bootstrap.servers", bootstrap);
      settings.put("enable.idempotence", "false"); // 0.10 has none
      settings.put("acks", "all");
      settings.put("retries", "2");
      settings.put("max.block.ms", "5000");
      settings.put("request.timeout.ms", "5000");
      settings.put("delivery.timeout.ms", "10000");
      return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, int size)
        throws InterruptedException {
      try {
        producer.send(new ProducerRecord<>(topic, 0, null, new byte[size])).get();
      } catch (ExecutionException failed) {
        client.failed(failed);
      }
    }

    void sendTooLarge() throws InterruptedException {
      try (var producer = producer(kafka.bootstrap())) {
        send(producer, TOPIC, 2_000_000);
      }
    }

    /** Until the dead follower is out of the ISR, and the leader refuses. */
    void sendToAnIsrThatIsTooSmall() {
      try (var producer = producer(kafka.bootstrap())) {
        Awaitility.await()
            .atMost(LIMIT)
            .until(
                () -> {
                  send(producer, TOPIC, 10);
                  return about(LogSign.UNDER_MIN_ISR).contains(TOPIC + "-0");
                });
      }
    }

    void knockAtAClosedPort() throws InterruptedException {
      try (var producer = producer("127.0.0.1:1")) {
        send(producer, TOPIC, 10);
      }
    }

    void askForATopicThatNobodyMade() throws InterruptedException {
      try (var producer = producer(kafka.bootstrap())) {
        send(producer, "HeartBeet", 10);
      }
    }

    void growTheTopic() throws Exception {
      if (version.startsWith("0.10")) return; // CreatePartitions came with 1.0
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
        admin
            .createPartitions(Map.of(TOPIC, NewPartitions.increaseTo(2)))
            .all()
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
    }

    void membersComeAndGo() {
      for (int member = 0; member < 2; member++) {
        try (var consumer = consumer()) {
          consumer.subscribe(List.of(TOPIC));
          Awaitility.await()
              .atMost(LIMIT)
              .until(
                  () -> {
                    var _ = consumer.poll(Duration.ofMillis(100));
                    return !consumer.assignment().isEmpty();
                  });
        }
      }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
      var settings = new Properties();
      settings.put("bootstrap.servers", kafka.bootstrap());
      settings.put("group.id", "readers");
      return new KafkaConsumer<>(
          settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() throws IOException {
      client.close();
      kafka.close();
      children.close();
      net.close();
      run.close();
    }
  }
}
