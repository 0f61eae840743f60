package holter.server.log;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WindowFileTest {
  private static final DateTimeFormatter KAFKA =
      DateTimeFormatter.ofPattern("'['yyyy-MM-dd HH:mm:ss,SSS']'").withZone(ZoneOffset.UTC);
  private static final long T0 = Instant.parse("2023-02-02T10:00:00Z").toEpochMilli();
  private static final long GB = 1L << 30;

  @TempDir Path dir;

  private final Allowance allowance = allowance();

  private static Allowance allowance() {
    return new Allowance(new AtomicLong(GB), System.nanoTime() + 60_000_000_000L);
  }

  @Test
  void ofALongLogOnlyTheWindowIsRead() throws IOException {
    Path log = dir.resolve("server.log");
    Files.write(log, lines(T0, 200_000, 100));
    List<LogEntry> entries = read(log, T0 + 19_000_000, T0 + 30_000_000);
    assertThat(entries.getFirst().wallMs()).isBetween(T0 + 18_800_000, T0 + 19_000_000);
    assertThat(entries.getLast().wallMs()).isEqualTo(T0 + 19_999_900);
    assertThat(allowance.readBytes()).isLessThan(2_000_000);
    assertThat(allowance.cutBytes()).isZero();
  }

  @Test
  void aLogOfFiftyGigabytesIsReadFromItsEnd() throws IOException {
    // sparse: the hole before the lines takes no room on the disk, and has no date in it
    Path log = dir.resolve("server.log");
    byte[] end = lines(T0, 2_000_000, 1);
    try (var file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(50 * GB);
      file.seek(50 * GB - end.length);
      file.write(end);
    }
    List<LogEntry> entries = read(log, T0, T0 + 3_000_000);
    assertThat(allowance.readBytes()).isEqualTo(Allowance.FILE_BYTES_MAX);
    assertThat(allowance.cutBytes()).isPositive();
    assertThat(entries.getLast().wallMs()).isEqualTo(T0 + 1_999_999);
  }

  @Test
  void anEndOfTimeLeavesTheRestUnreadAndSaysSo() throws IOException {
    Path log = dir.resolve("server.log");
    Files.write(log, lines(T0, 1000, 100));
    var over = new Allowance(new AtomicLong(GB), System.nanoTime() - 1);
    var entries = new ArrayList<LogEntry>();
    new WindowFile(log, window(0, Long.MAX_VALUE), ZoneOffset.UTC, 0, over).read(entries::add);
    assertThat(entries).isEmpty();
    assertThat(over.cutBytes()).isEqualTo(Files.size(log));
  }

  @Test
  void archivesAreReadAndOfABrokenOneWhatCouldBeUnpacked() throws IOException {
    Path packed = dir.resolve("server.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(lines(T0, 20_000, 100));
    }
    assertThat(read(packed, 0, Long.MAX_VALUE)).hasSize(20_000);
    byte[] whole = Files.readAllBytes(packed);
    Files.write(packed, java.util.Arrays.copyOf(whole, whole.length - 200));
    assertThat(read(packed, 0, Long.MAX_VALUE)).isNotEmpty();
  }

  @Test
  void wideTextIsReadLikeAnyOther() throws IOException {
    Path log = dir.resolve("server.log");
    Files.write(log, new String(lines(T0, 3000, 100), UTF_8).getBytes(UTF_16));
    List<LogEntry> entries = read(log, 0, Long.MAX_VALUE);
    assertThat(entries).hasSize(3000);
    assertThat(entries.getLast().text()).endsWith("(kafka.server.X)");
  }

  @Test
  void aClockOfAnotherZoneIsSeenByWhenTheFileWasWritten() throws IOException {
    Path log = dir.resolve("server.log");
    long eightHours = 8 * 3_600_000L;
    Files.write(log, lines(T0 + eightHours, 100, 1000));
    Files.setLastModifiedTime(log, FileTime.fromMillis(T0 + 99_000 + 300));
    List<LogEntry> entries = read(log, T0, T0 + 200_000);
    assertThat(entries.getFirst().wallMs()).isEqualTo(T0);
  }

  @Test
  void aCopyThatWasMadeLaterHasNoOtherZone() throws IOException {
    Path log = dir.resolve("server.log");
    Files.write(log, lines(T0, 100, 1000));
    Files.setLastModifiedTime(log, FileTime.fromMillis(T0 + 99_000 + 3_600_000));
    assertThat(read(log, T0, T0 + 200_000).getFirst().wallMs()).isEqualTo(T0);
  }

  private List<LogEntry> read(Path log, long fromMs, long toMs) throws IOException {
    var entries = new ArrayList<LogEntry>();
    new WindowFile(log, window(fromMs, toMs), ZoneOffset.UTC, 0, allowance).read(entries::add);
    return entries;
  }

  private static LogWindow window(long fromMs, long toMs) {
    return new LogWindow(fromMs, toMs, ZoneOffset.UTC, Map.of());
  }

  private static byte[] lines(long fromMs, int count, long stepMs) {
    var text = new StringBuilder();
    for (int line = 0; line < count; line++) {
      text.append(KAFKA.format(Instant.ofEpochMilli(fromMs + line * stepMs)))
          .append(" INFO x (kafka.server.X)\n");
    }
    return text.toString().getBytes(UTF_8);
  }
}
