package holter.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamedLogsTest {
  private static final LogWindow ALL = new LogWindow(0, Long.MAX_VALUE, ZoneOffset.UTC, Map.of());
  private static final String EXPIRED =
      "[2023-02-02 18:05:41,431] ERROR lost (app.Sender)\n"
          + "org.apache.kafka.common.errors.TimeoutException: Expiring 3 record(s) for"
          + " HeartBeat-4:120000 ms has passed since batch creation\n";

  @TempDir Path dir;

  private final NamedLogs logs = new NamedLogs(() -> 5);

  @Test
  void eachFileOrFolderIsOneClients() throws IOException {
    Files.writeString(dir.resolve("dac-1.log"), EXPIRED);
    Files.writeString(dir.resolve("dac-1.log.1"), EXPIRED.replace("18:05", "17:05"));
    Files.createDirectories(dir.resolve("dac-2/logs"));
    Files.writeString(dir.resolve("dac-2/logs/app.log"), EXPIRED);
    assertThat(logs.clients(dir, ALL, Duration.ofSeconds(20)))
        .allSatisfy(seen -> assertThat(seen.source()).isEqualTo(Source.CLIENT_LOGS))
        .extracting(Observation::fact)
        .satisfiesExactly(
            fact -> is(fact, "dac-1", LogSign.BATCH_EXPIRED, "HeartBeat-4", 2),
            fact -> is(fact, "dac-1", LogSign.LAST_LINE, "", 1),
            fact -> is(fact, "dac-2", LogSign.BATCH_EXPIRED, "HeartBeat-4", 1),
            fact -> is(fact, "dac-2", LogSign.LAST_LINE, "", 1));
  }

  @Test
  void aFileAloneIsOneClients() throws IOException {
    Path file = Files.writeString(dir.resolve("dac-1.log"), EXPIRED);
    assertThat(logs.clients(file, ALL, Duration.ofSeconds(20)))
        .hasSize(2)
        .allSatisfy(seen -> assertThat(seen.witness()).isEqualTo("dac-1"));
  }

  @Test
  void whereALogEndsIsTold() throws IOException {
    Files.writeString(
        dir.resolve("dac-1.log"),
        EXPIRED + "2023-02-02 18:06:00,500 ERROR cannot read the device table; giving up\n");
    Files.writeString(dir.resolve("dac-1.log.1"), EXPIRED.replace("18:05", "17:05"));
    assertThat(logs.clients(dir, ALL, Duration.ofSeconds(20)).getLast().fact())
        .isInstanceOfSatisfying(
            Fact.Logged.class,
            end -> {
              assertThat(end.sign()).isEqualTo(LogSign.LAST_LINE);
              assertThat(end.sample()).endsWith("giving up");
            });
  }

  @Test
  void aLogWithoutDatesAndAPlaceThatIsNoneAreNamed() throws IOException {
    Files.writeString(dir.resolve("dac-1.log"), "no dates at all\n");
    assertThat(logs.clients(dir, ALL, Duration.ofSeconds(20)))
        .singleElement()
        .extracting(Observation::fact)
        .isInstanceOfSatisfying(
            Fact.Unasked.class,
            fact -> {
              assertThat(fact.subject().english()).isEqualTo("log of client dac-1");
              assertThat(fact.why().english()).contains("no dated line in dac-1.log");
            });
    assertThat(logs.clients(dir.resolve("nowhere"), ALL, Duration.ofSeconds(20)))
        .singleElement()
        .extracting(Observation::fact)
        .isInstanceOfSatisfying(
            Fact.Unasked.class, fact -> assertThat(fact.why().english()).contains("nowhere"));
  }

  @Test
  void workersThatWereRestartedForTheirSilenceAreFound() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("orchestrator.log"),
            """
            2023-02-02 18:05:40,000 INFO all is well
            2023-02-02 18:05:41,000 WARN heartbeat of dac-3 lost for 30 s, restarting it
            2023-02-02 18:05:42,000 WARN instance dac-4: heartbeat timeout
            2023-02-02 18:05:43,000 INFO restart instance dac-4
            2023-02-02 18:05:44,000 INFO restart instance dac-5: new version
            2023-02-02 18:05:45,000 WARN heartbeat of dac-6 lost, not restarted: the channel is sick
            2023-02-02 18:05:46,000 WARN 实例 dac-7 心跳丢失，重启
            2023-02-02 18:05:47,000 INFO Container dac-8 failed liveness probe, will be restarted
            """);
    assertThat(logs.orchestrator(file, ALL, Duration.ofSeconds(20)))
        .allSatisfy(seen -> assertThat(seen.source()).isEqualTo(Source.ORCHESTRATOR_LOGS))
        .extracting(seen -> ((Fact.Logged) seen.fact()).about())
        .containsExactlyInAnyOrder("dac-3", "dac-4", "dac-7", "dac-8");
  }

  @Test
  void clocksAreComparedByMomentsThatThreeBrokersShare() throws IOException {
    for (int broker = 1; broker <= 4; broker++) {
      var text = new StringBuilder();
      for (int partition = 0; partition < 5; partition++) {
        int second = 10 + partition + (broker == 4 ? 7 : 0);
        text.append(
                "[2023-02-02 18:05:%d,%03d] INFO Created log for partition T-%d in /d/T-%d"
                    .formatted(second, broker, partition, partition))
            .append(" with properties {} (kafka.log.LogManager)\n");
      }
      Path folder = Files.createDirectories(dir.resolve("brokers/" + broker));
      Files.write(folder.resolve("server.log"), text.toString().getBytes(UTF_8));
    }
    var brokers =
        List.of(1, 2, 3, 4).stream()
            .map(id -> new holter.channel.BrokerNode(id, "host-" + id, 9092))
            .toList();
    List<Fact.Measured> learnt =
        new BrokerLogs(new LogSource.Directory(dir.resolve("brokers")), () -> 0)
            .observe(brokers, ALL, Duration.ofSeconds(20)).stream()
                .map(Observation::fact)
                .filter(Fact.Measured.class::isInstance)
                .map(Fact.Measured.class::cast)
                .toList();
    assertThat(learnt).hasSize(4);
    assertThat(learnt)
        .filteredOn(m -> m.of().equals("host-4"))
        .singleElement()
        .satisfies(m -> assertThat(m.value()).isBetween(6900.0, 7100.0));
    assertThat(learnt)
        .filteredOn(m -> !m.of().equals("host-4"))
        .allSatisfy(m -> assertThat(m.value()).isBetween(-100.0, 100.0));
  }

  @Test
  void aFolderWithAnotherBrokersLogIsToldAndNotBelieved() throws IOException {
    Path folder = Files.createDirectories(dir.resolve("b/1001"));
    String line =
        "[2023-02-02 18:05:41,431] INFO [ReplicaManager broker=1002] x No space left on device\n";
    Files.writeString(folder.resolve("server.log"), line.repeat(5));
    assertThat(
            new BrokerLogs(new LogSource.Directory(dir.resolve("b")), () -> 0)
                .observe(
                    List.of(new holter.channel.BrokerNode(1001, "h", 1)),
                    ALL,
                    Duration.ofSeconds(20)))
        .singleElement()
        .extracting(Observation::fact)
        .isInstanceOfSatisfying(
            Fact.Unasked.class,
            fact -> assertThat(fact.why().english()).endsWith("is the log of broker 1002"));
  }

  private static void is(Fact fact, String log, LogSign sign, String about, int count) {
    assertThat(fact)
        .isInstanceOfSatisfying(
            Fact.Logged.class,
            logged -> {
              assertThat(logged.log()).isEqualTo(log);
              assertThat(logged.sign()).isEqualTo(sign);
              assertThat(logged.about()).isEqualTo(about);
              assertThat(logged.count()).isEqualTo(count);
            });
  }
}
