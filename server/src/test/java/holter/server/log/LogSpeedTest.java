package holter.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import holter.diagnose.Observation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gigabytes of logs of a hundred brokers, read in a process of 512 MB of heap. How long it took
 * is printed, and judged by nobody: machines differ.
 */
final class LogSpeedTest {
  private static final int BROKERS = 100;
  private static final int BYTES_EACH = 20 << 20;
  private static final long T0 = Instant.parse("2023-02-02T10:00:00Z").toEpochMilli();
  private static final DateTimeFormatter KAFKA =
      DateTimeFormatter.ofPattern("'['yyyy-MM-dd HH:mm:ss,SSS']'").withZone(ZoneOffset.UTC);
  private static final List<String> CALM =
      List.of(
          "INFO [GroupMetadataManager brokerId=1] Removed 0 expired offsets in 0 milliseconds.",
          "INFO [ReplicaFetcherManager on broker x] Added fetcher to broker for partitions",
          "DEBUG Principal = User:alice is Allowed operation = READ from host = 127.0.0.1",
          "INFO [LocalLog partition=T-4, dir=/data] Rolled new log segment at offset 9 in 3 ms.");

  @TempDir Path dir;

  @Tag("slow")
  @Test
  void twoGigabytesOfAHundredBrokersAreReadWholeInASmallHeap() throws Exception {
    Path one = dir.resolve("one.log");
    write(one);
    for (int broker = 1; broker <= BROKERS; broker++) {
      Path folder = Files.createDirectories(dir.resolve("logs/" + broker));
      Files.createLink(folder.resolve("server.log"), one);
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process reading =
        new ProcessBuilder(
                java,
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                LogSpeedTest.class.getName(),
                dir.resolve("logs").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(reading.getInputStream().readAllBytes(), UTF_8);
    System.out.println(said);
    assertThat(reading.waitFor()).as(said).isZero();
    assertThat(said).contains("signs 100 unasked 0");
  }

  /** The child: reads, and tells what it found and how fast. */
  public static void main(String... args) {
    var brokers =
        IntStream.rangeClosed(1, BROKERS).mapToObj(id -> new BrokerNode(id, "h" + id, 1)).toList();
    var window = new LogWindow(T0, T0 + 86_400_000, ZoneOffset.UTC, Map.of());
    long begunNs = System.nanoTime();
    List<Fact> facts =
        new BrokerLogs(new LogSource.Directory(Path.of(args[0])), () -> 0)
            .observe(brokers, window, Duration.ofMinutes(5)).stream()
                .map(Observation::fact)
                .toList();
    double seconds = (System.nanoTime() - begunNs) / 1e9;
    long signs =
        facts.stream()
            .filter(f -> f instanceof Fact.Logged l && l.sign() == LogSign.NO_SPACE)
            .count();
    long unasked = facts.stream().filter(Fact.Unasked.class::isInstance).count();
    double mb = (double) BROKERS * BYTES_EACH / (1 << 20);
    System.out.printf(
        "signs %d unasked %d; %.0f MB in %.1f s, %.0f MB/s, %d MB of heap at most%n",
        signs, unasked, mb, seconds, mb / seconds, Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void write(Path file) throws IOException {
    var random = new Random(7);
    long wallMs = T0;
    long bytes = 0;
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      while (bytes < BYTES_EACH) {
        wallMs += random.nextInt(5);
        boolean rare = random.nextInt(5000) == 0;
        String said =
            rare
                ? "ERROR java.io.IOException: No space left on device\n\tat kafka.log.Log.append"
                : CALM.get(random.nextInt(CALM.size()));
        byte[] line =
            (KAFKA.format(Instant.ofEpochMilli(wallMs)) + " " + said + " (kafka.server.X)\n")
                .getBytes(UTF_8);
        out.write(line);
        bytes += line.length;
      }
    }
  }
}
