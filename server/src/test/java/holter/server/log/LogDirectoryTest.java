package holter.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
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
      assertThat(new LogDirectory(at).read(BROKER, 0)).as(name).hasSize(1);
    }
    Path at = Files.createTempDirectory(dir, "bundle");
    write(at.resolve("server-1001.log"), LINE);
    write(at.resolve("server.log.iota-n2"), LINE);
    write(at.resolve("server-11001.log"), LINE);
    assertThat(new LogDirectory(at).read(BROKER, 0)).hasSize(2);
  }

  @Test
  void aLinkToABrokersDirectoryIsFollowed() throws IOException {
    Path elsewhere = dir.resolve("elsewhere");
    write(elsewhere.resolve("server.log"), LINE);
    Files.createSymbolicLink(dir.resolve("1001"), elsewhere);
    assertThat(new LogDirectory(dir).read(BROKER, 0)).hasSize(1);
  }

  @Test
  void theHourInARotatedNameIsNoBrokerId() throws IOException {
    write(dir.resolve("server.log.2023-02-02-18"), LINE);
    assertThat(new LogDirectory(dir).read(new BrokerNode(18, "h", 1), 0)).isEmpty();
    assertThat(new LogDirectory(dir).read(new BrokerNode(2, "h", 1), 0)).isEmpty();
  }

  @Test
  void packedAndRotatedFilesAreReadAndGarbageCollectionIsNot() throws IOException {
    write(dir.resolve("1001/server.log"), LINE);
    write(dir.resolve("1001/server.log.2023-02-02-17"), LINE);
    write(dir.resolve("1001/kafkaServer-gc.log"), LINE);
    write(dir.resolve("1001/state-change.log"), LINE);
    Path packed = dir.resolve("1001/server.log.2023-02-02-16.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(LINE.getBytes(UTF_8));
    }
    assertThat(new LogDirectory(dir).read(BROKER, 0))
        .hasSize(3)
        .allSatisfy(file -> assertThat(file.bytes()).isEqualTo(LINE.getBytes(UTF_8)));
  }

  @Test
  void aBrokenArchiveGivesWhatCouldBeUnpacked() throws IOException {
    Path packed = dir.resolve("1001/server.log.gz");
    write(packed, "");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(LINE.repeat(20_000).getBytes(UTF_8));
    }
    byte[] whole = Files.readAllBytes(packed);
    Files.write(packed, java.util.Arrays.copyOf(whole, whole.length - 200));
    assertThat(new LogDirectory(dir).read(BROKER, 0).getFirst().bytes()).isNotEmpty();
  }

  @Test
  void ofALargeFileOnlyTheEndIsRead() throws IOException {
    int lines = LogDirectory.FILE_BYTES_MAX / LINE.length() + 1000;
    write(dir.resolve("1001/server.log"), LINE.repeat(lines) + "the end");
    byte[] bytes = new LogDirectory(dir).read(BROKER, 0).getFirst().bytes();
    assertThat(bytes).hasSize(LogDirectory.FILE_BYTES_MAX);
    assertThat(new String(bytes, bytes.length - 7, 7, UTF_8)).isEqualTo("the end");
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
