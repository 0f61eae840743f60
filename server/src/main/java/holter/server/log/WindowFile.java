package holter.server.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * Reads that part of a file that lies in a window: of a plain file its beginning is found by
 * halving, whatever the file's size; an archive is unpacked from its start. Memory does not grow
 * with the file. A file that is cut or rotated meanwhile gives what could be read.
 */
final class WindowFile {
  private static final int PIECE = 64 * 1024;

  /** An archive that unpacks to more than this is read no further. */
  private static final long UNPACKED_MAX = 256L << 20;

  /** Lines are in order but for so much. */
  private static final long DISORDER_MS = 60_000;

  /** A zone is a multiple of this ahead of another. */
  private static final long ZONE_STEP_MS = 1_800_000;

  private static final long ZONE_MAX_MS = 26 * 3_600_000L;

  /** A file is written this soon after its last line is dated. */
  private static final long WRITTEN_SOON_MS = 5000;

  private final Path path;
  private final LogWindow window;
  private final ZoneId zone;
  private final long skewMs;
  private final Allowance allowance;

  WindowFile(Path path, LogWindow window, ZoneId zone, long skewMs, Allowance allowance) {
    this.path = path;
    this.window = window;
    this.zone = zone;
    this.skewMs = skewMs;
    this.allowance = allowance;
  }

  /**
   * Tells every entry from about the window's beginning on; those outside of it are the taker's.
   */
  void read(Consumer<LogEntry> out) throws IOException {
    long writtenMs = window.copied() ? Stamps.NONE : Files.getLastModifiedTime(path).toMillis();
    if (path.toString().endsWith(".gz")) {
      unpack(new EntryReader(new Stamps(zone, writtenMs), skewMs, out));
      return;
    }
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      long size = file.length();
      var stamps = new Stamps(zone, writtenMs, startedMs(file, size, writtenMs));
      long aheadMs = skewMs + otherZoneMs(file, size, stamps, writtenMs);
      long from = begin(file, size, stamps, window.fromWallMs() + aheadMs - DISORDER_MS);
      long may = allowance.of(size - from);
      allowance.cut(size - from - may);
      file.seek(size - may);
      var reader = new EntryReader(stamps, aheadMs, out);
      var piece = new byte[PIECE];
      long left = may;
      while (left > 0 && !allowance.over() && !Thread.currentThread().isInterrupted()) {
        int read = file.read(piece, 0, (int) Math.min(PIECE, left));
        if (read < 0) {
          break; // it was truncated meanwhile
        }
        reader.feed(piece, read);
        allowance.read(read);
        left -= read;
        giveWay();
      }
      allowance.cut(left);
      reader.end();
    }
  }

  /**
   * A place at or before the first line that is dated so; the beginning where dates are missing.
   */
  private static long begin(RandomAccessFile file, long size, Stamps stamps, long fromMs)
      throws IOException {
    long low = 0;
    long high = size;
    while (high - low > PIECE) {
      long middle = low + (high - low) / 2;
      long dated = dateIn(file, middle, stamps, false);
      if (dated != Stamps.NONE && dated < fromMs) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** By the age that the last lines of a collector's log tell; −1 for any other log. */
  private long startedMs(RandomAccessFile file, long size, long writtenMs) throws IOException {
    if (writtenMs < 0 || !LogFile.ofCollector(path.getFileName().toString())) {
      return Stamps.NONE;
    }
    byte[] end = piece(file, Math.max(0, size - PIECE));
    long ageMs = -1;
    for (int at = 0; at < end.length; at++) {
      if (at == 0 || end[at - 1] == '\n') {
        ageMs = Math.max(ageMs, Digits.ageMs(end, at, end.length));
      }
    }
    return ageMs < 0 ? Stamps.NONE : Math.max(0, writtenMs - ageMs);
  }

  private static byte[] piece(RandomAccessFile file, long at) throws IOException {
    file.seek(at);
    var piece = new byte[PIECE];
    int size = 0;
    while (size < PIECE) {
      int more = file.read(piece, size, PIECE - size);
      if (more < 0) break;
      size += more;
    }
    return Arrays.copyOf(piece, size);
  }

  /** The first date, or the last, in the piece from there on. */
  private static long dateIn(RandomAccessFile file, long at, Stamps stamps, boolean last)
      throws IOException {
    byte[] piece = piece(file, at);
    var seen = new long[] {Stamps.NONE, Stamps.NONE};
    var reader =
        new EntryReader(
            stamps,
            0,
            entry -> {
              seen[0] = seen[0] == Stamps.NONE ? entry.wallMs() : seen[0];
              seen[1] = entry.wallMs();
            });
    reader.read(piece);
    return seen[last ? 1 : 0];
  }

  /**
   * A clock of another zone: the last line is dated whole half hours from when it was written. Only
   * believed where the log would else have nothing in the window, and then has; 0 otherwise.
   */
  private long otherZoneMs(RandomAccessFile file, long size, Stamps stamps, long writtenMs)
      throws IOException {
    long last = dateIn(file, Math.max(0, size - PIECE), stamps, true);
    if (writtenMs < 0 || last == Stamps.NONE || in(last - skewMs)) {
      return 0;
    }
    long ahead = last - skewMs - writtenMs;
    long steps = Math.round((double) ahead / ZONE_STEP_MS);
    long off = steps * ZONE_STEP_MS;
    boolean whole = steps != 0 && Math.abs(ahead - off) <= WRITTEN_SOON_MS;
    return whole && Math.abs(off) <= ZONE_MAX_MS && in(last - skewMs - off) ? off : 0;
  }

  /** Reading is work: others that run on this carrier get their turn. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it but fairness
  private static void giveWay() {
    Thread.yield();
  }

  private boolean in(long wallMs) {
    return wallMs >= window.fromWallMs() && wallMs <= window.toWallMs();
  }

  /** Of a broken archive, what could be unpacked. */
  private void unpack(EntryReader reader) throws IOException {
    long total = 0;
    try (InputStream packed = Files.newInputStream(path);
        var in = new GZIPInputStream(packed, PIECE)) {
      var piece = new byte[PIECE];
      while (total < UNPACKED_MAX && allowance.of(PIECE) > 0) {
        int read = in.read(piece);
        if (read < 0) {
          reader.end();
          return;
        }
        reader.feed(piece, read);
        allowance.read(read);
        total += read;
        giveWay();
      }
      allowance.cut(Math.max(1, Files.size(path)));
    } catch (IOException broken) {
      if (total == 0) {
        throw broken;
      }
    }
    reader.end();
  }
}
