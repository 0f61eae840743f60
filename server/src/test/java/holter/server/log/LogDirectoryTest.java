package holter.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogDirectoryTest {
  private static final BrokerNode BROKER = new BrokerNode(1001, "iota-n2", 6667);
  private static final String LINE = "[2023-02-02 18:05:41,431] INFO x (kafka.server.X)\n";

  @TempDir Path dir;

  @Test
  void aBrokersLogsAreFoundByItsIdItsHostOrTheirNames() throws IOException {
    for (String name :
        List.of("1001/server.log", "iota-n2/logs/server.log", "broker-1001/kafkaServer.out")) {
      Path at = Files.createTempDirectory(dir, "bundle");
      write(at.resolve(name), LINE);
      assertThat(new LogDirectory(at).find(BROKER, 0)).as(name).hasSize(1);
    }
    Path at = Files.createTempDirectory(dir, "bundle");
    write(at.resolve("server-1001.log"), LINE);
    write(at.resolve("server.log.iota-n2"), LINE);
    write(at.resolve("server-11001.log"), LINE);
    assertThat(new LogDirectory(at).find(BROKER, 0)).hasSize(2);
  }

  @Test
  void aLinkToABrokersDirectoryIsFollowed() throws IOException {
    Path elsewhere = dir.resolve("elsewhere");
    write(elsewhere.resolve("server.log"), LINE);
    Files.createSymbolicLink(dir.resolve("1001"), elsewhere);
    assertThat(new LogDirectory(dir).find(BROKER, 0)).hasSize(1);
  }

  @Test
  void theHourInARotatedNameIsNoBrokerId() throws IOException {
    write(dir.resolve("server.log.2023-02-02-18"), LINE);
    assertThat(new LogDirectory(dir).find(new BrokerNode(18, "h", 1), 0)).isEmpty();
    assertThat(new LogDirectory(dir).find(new BrokerNode(2, "h", 1), 0)).isEmpty();
  }

  @Test
  void rotatedPackedAndCollectorsFilesAreFoundAndDataAreNot() throws IOException {
    for (String name :
        List.of(
            "server.log",
            "server.log.2023-02-02-17",
            "server.log.1",
            "server.log.2023-02-02-16.gz",
            "kafkaServer-gc.log",
            "kafkaServer-gc.log.0.current",
            "state-change.log",
            "log-cleaner.log",
            "kafkaServer.out",
            "kafka-authorizer.log")) {
      write(dir.resolve("1001/" + name), LINE);
    }
    write(dir.resolve("1001/kafka-request.log"), LINE);
    write(dir.resolve("1001/HeartBeat-4/00000000000000000000.log"), LINE);
    write(dir.resolve("1001/server.properties"), LINE);
    assertThat(new LogDirectory(dir).find(BROKER, 0)).hasSize(10);
  }

  @Test
  void aControllerBesideTheBrokersIsFoundByTheNumberInItsFoldersName() throws IOException {
    write(dir.resolve("1001/server.log"), LINE);
    write(dir.resolve("controller-3000/controller.log"), LINE);
    write(dir.resolve("others-17/x.log"), LINE);
    assertThat(new LogDirectory(dir).controllers(List.of(BROKER)))
        .extracting(BrokerNode::id)
        .containsExactly(3000);
  }

  @Test
  void aMissingDirectoryOrLogIsSaidInOneLine() {
    assertThat(facts(dir.resolve("nowhere")))
        .singleElement()
        .isInstanceOfSatisfying(
            Fact.Unasked.class, u -> assertThat(u.why().english()).contains("no such directory"));
    assertThat(facts(dir))
        .singleElement()
        .isInstanceOfSatisfying(
            Fact.Unasked.class, u -> assertThat(u.why().english()).contains("no log of it in"));
  }

  private List<Fact> facts(Path at) {
    return new BrokerLogs(new LogSource.Directory(at), () -> 0)
        .observe(List.of(BROKER), LogWindow.of(0, Long.MAX_VALUE), Duration.ofSeconds(20)).stream()
            .map(Observation::fact)
            .toList();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
