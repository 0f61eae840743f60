package holter.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CollectorLogTest {
  private static final LogWindow ALL = new LogWindow(0, Long.MAX_VALUE, ZoneOffset.UTC, Map.of());

  @TempDir Path dir;

  @Test
  void pausesOfJdk8AreCountedAndConcurrentWorkIsNot() {
    Fact.CollectorPauses seen =
        read(
            ALL,
            """
            2023-02-02T10:05:41.431+0000: 12.345: [GC pause (G1 Evacuation Pause) (young), 0.5000000 secs]
               [Parallel Time: 19.1 ms, GC Workers: 4]
             [Times: user=0.07 sys=0.00, real=0.02 secs]
            2023-02-02T10:05:45.431+0000: 16.345: [GC concurrent-mark-end, 9.0000000 secs]
            2023-02-02T10:05:51.431+0000: 22.345: [Full GC (Allocation Failure)  1000M->900M(1000M), 7.2500000 secs]
            2023-02-02T10:06:01.431+0000: 32.345: [GC (Allocation Failure) [PSYoungGen: 1K->0K(2K)] 3K->2K(9K), 0.2500000 secs] [Times: user=0.1 sys=0.0, real=0.25 secs]
            """);
    assertThat(seen.count()).isEqualTo(3);
    assertThat(seen.longestMs()).isEqualTo(7250);
    assertThat(seen.shareOfWindow()).isBetween(0.35, 0.45);
    assertThat(seen.lastWallMs())
        .isEqualTo(Instant.parse("2023-02-02T10:06:01.431Z").toEpochMilli());
  }

  @Test
  void pausesOfUnifiedLoggingAreCounted() {
    Fact.CollectorPauses seen =
        read(
            ALL,
            """
            [2023-02-02T10:05:41.431+0000][gc] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 24M->5M(256M) 12.345ms
            [2023-02-02T10:05:42.431+0000][gc] GC(4) Concurrent Mark Cycle 900.000ms
            [2023-02-02T10:05:51.431+0000][gc,start] GC(5) Pause Full (G1 Compaction Pause)
            [2023-02-02T10:05:58.431+0000][gc] GC(5) Pause Full (G1 Compaction Pause) 255M->250M(256M) 6789.012ms
            """);
    assertThat(seen.count()).isEqualTo(2);
    assertThat(seen.longestMs()).isEqualTo(6789);
  }

  @Test
  void safepointsHoldThePausesAndOthers() {
    Fact.CollectorPauses seen =
        read(
            ALL,
            """
            [2023-02-02T10:05:41.431+0000][gc] GC(3) Pause Young (Normal) 24M->5M(256M) 12.345ms
            [2023-02-02T10:05:41.432+0000][safepoint] Safepoint "G1CollectForAllocation", Time since last: 1 ns, Reaching safepoint: 9 ns, At safepoint: 9 ns, Total: 13000000 ns
            [2023-02-02T10:05:49.432+0000][safepoint] Safepoint "RevokeBias", Time since last: 1 ns, Total: 2500000000 ns
            """);
    assertThat(seen.count()).isEqualTo(2);
    assertThat(seen.longestMs()).isEqualTo(2500);
  }

  @Test
  void linesThatOnlyTellTheProcessesAgeAreDatedByTheFile() throws IOException {
    Path log = dir.resolve("kafkaServer-gc.log");
    Files.writeString(
        log,
        "[10.000s][info][gc] GC(0) Pause Young (Normal) 24M->5M(256M) 1500.000ms\\n"
                .replace("\\n", "\n")
            + "[70.000s][info][gc] GC(1) Pause Young (Normal) 24M->5M(256M) 20.000ms\n");
    long written = Instant.parse("2023-02-02T10:05:41Z").toEpochMilli();
    Files.setLastModifiedTime(log, FileTime.fromMillis(written));
    var collector = new CollectorLog(7, ALL);
    var allowance = new Allowance(new AtomicLong(1 << 20), System.nanoTime() + 9_000_000_000L);
    new WindowFile(log, ALL, ZoneOffset.UTC, 0, allowance).read(collector::take);
    assertThat(collector.fact().orElseThrow())
        .isInstanceOfSatisfying(
            Fact.CollectorPauses.class,
            seen -> {
              assertThat(seen.lastWallMs()).isEqualTo(written);
              assertThat(seen.count()).isEqualTo(2);
              assertThat(seen.shareOfWindow()).isBetween(0.02, 0.03);
            });
  }

  @Test
  void whatLiesOutsideTheWindowDoesNotCount() {
    var later =
        new LogWindow(
            Instant.parse("2023-02-02T11:00:00Z").toEpochMilli(),
            Long.MAX_VALUE,
            ZoneOffset.UTC,
            Map.of());
    var collector = new CollectorLog(7, later);
    new EntryReader(ZoneOffset.UTC, 0, collector::take)
        .read(
            "[2023-02-02T10:05:41.431+0000][gc] GC(3) Pause Young 24M->5M(256M) 12.345ms\n"
                .getBytes(UTF_8));
    assertThat(collector.fact()).isEmpty();
  }

  private static Fact.CollectorPauses read(LogWindow window, String text) {
    var collector = new CollectorLog(7, window);
    new EntryReader(ZoneOffset.UTC, 0, collector::take).read(text.getBytes(UTF_8));
    return (Fact.CollectorPauses) collector.fact().orElseThrow();
  }
}
