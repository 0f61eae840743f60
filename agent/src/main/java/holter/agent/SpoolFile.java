package holter.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Unacknowledged registrations in a file that only grows until it is rewritten. A line is {@code
 * <crc-32 of the rest, 8 hex digits> <json>}; the newest line of a DTU counts, and {@code
 * {"settled":"<dtu>"}} ends it. A line torn by a sudden death fails its sum and is left out. Not
 * thread-safe.
 */
final class SpoolFile {
  /** A file larger than this is not ours to read: 20 000 registrations are 8 MB. */
  private static final long READ_BYTES_MAX = 64L << 20;

  private static final long REWRITE_BYTES_MIN = 64L << 10;

  private final Path dir;
  private final Path file;
  private final Map<String, Registration> pending = new LinkedHashMap<>();
  private long fileBytes;
  private long liveBytes;
  private boolean rewriteFirst;
  private int badLines;

  private SpoolFile(Path dir, Path file) {
    this.dir = dir;
    this.file = file;
  }

  /**
   * Reads what is there.
   *
   * @throws IOException when the file cannot be read or is larger than any spool
   */
  static SpoolFile open(Path dir, String name) throws IOException {
    Path file = dir.resolve(name);
    var spool = new SpoolFile(dir, file);
    if (Files.exists(file)) {
      long bytes = Files.size(file);
      if (bytes > READ_BYTES_MAX) {
        throw new IOException(file + " is larger than " + READ_BYTES_MAX + " bytes");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] all = in.readNBytes((int) bytes);
        spool.replay(new String(all, StandardCharsets.ISO_8859_1));
      }
    } else {
      spool.rewriteFirst = true;
    }
    return spool;
  }

  /** What was kept and not settled, by DTU, in the order it was kept. */
  Map<String, Registration> pending() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(pending));
  }

  /** Lines that did not hold what their sum says, the torn last one left out. */
  int badLines() {
    return badLines;
  }

  /**
   * Makes changes durable: an empty optional settles a DTU. After a failure nothing is lost; the
   * next call writes everything to a new file.
   *
   * @throws IOException when the disk refuses
   */
  void write(Map<String, Optional<Registration>> changes) throws IOException {
    var lines = new StringBuilder();
    for (var change : changes.entrySet()) {
      Registration kept = change.getValue().orElse(null);
      if (kept != null) {
        pending.put(change.getKey(), kept);
        lines.append(line(kept));
      } else if (pending.remove(change.getKey()) != null) {
        lines.append(line(settled(change.getKey())));
      }
    }
    if (lines.isEmpty() && !rewriteFirst) {
      return;
    }
    boolean swollen = fileBytes > Math.max(REWRITE_BYTES_MIN, 4 * liveBytes);
    boolean rewrite = rewriteFirst || swollen;
    rewriteFirst = true;
    if (rewrite) {
      rewrite(pending.values());
    } else {
      byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
      put(file, bytes, StandardOpenOption.APPEND);
      fileBytes += bytes.length;
    }
    rewriteFirst = false;
  }

  private void rewrite(Collection<Registration> kept) throws IOException {
    var lines = new StringBuilder();
    kept.forEach(registration -> lines.append(line(registration)));
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    Path fresh = dir.resolve(file.getFileName() + ".new");
    put(fresh, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    IncarnationFile.syncFolder(dir);
    fileBytes = bytes.length;
    liveBytes = bytes.length;
  }

  private static void put(Path file, byte[] bytes, StandardOpenOption how) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
  }

  private void replay(String latin) {
    int from = 0;
    for (int end = latin.indexOf('\n'); end >= 0; end = latin.indexOf('\n', from)) {
      if (!replayLine(latin.substring(from, end))) {
        badLines++;
      }
      from = end + 1;
    }
    fileBytes = latin.length();
    rewriteFirst = from < latin.length() || badLines > 0;
  }

  private boolean replayLine(String latin) {
    byte[] line = latin.getBytes(StandardCharsets.ISO_8859_1);
    String text = new String(line, StandardCharsets.UTF_8);
    if (text.length() < 10 || !text.startsWith(sum(text.substring(9)) + " ")) {
      return false;
    }
    try {
      Map<String, Object> json = JsonReader.object(text.substring(9));
      if (json.get("settled") instanceof String dtu) {
        pending.remove(dtu);
        return true;
      }
      Registration kept = Registration.decode(json);
      if (kept != null) {
        pending.put(kept.dtu(), kept);
      }
      return kept != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String line(Registration kept) {
    return line(new String(kept.encode(0), StandardCharsets.UTF_8));
  }

  private static String settled(String dtu) {
    return new JsonWriter(40).open().put("settled", dtu).close().toString();
  }

  private static String line(String json) {
    return sum(json) + " " + json + "\n";
  }

  private static String sum(String json) {
    var crc = new CRC32();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
