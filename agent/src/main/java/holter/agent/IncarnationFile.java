package holter.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The counter of lives on disk. It is seeded with the epoch seconds, so that a lost disk does not
 * go back behind the lives before it, and never goes back while the disk is there, whatever the
 * clock says.
 */
final class IncarnationFile {
  private static final String NAME = "incarnation";

  private IncarnationFile() {}

  /**
   * Begins a life: the larger of the last counter + 1 and the epoch seconds, on disk before it is
   * returned. When the disk refuses, one line says so and the epoch seconds must do.
   */
  static Incarnation next(Path dir, long epochSeconds, Notices notices) {
    String boot = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    long n = epochSeconds;
    try {
      Files.createDirectories(dir);
      n = Math.max(read(dir.resolve(NAME), notices) + 1, epochSeconds);
      write(dir, n);
    } catch (IOException e) {
      notices.say(
          "incarnation",
          "incarnation counter not kept in "
              + dir
              + ": "
              + Notices.reason(e)
              + "; make the state folder writable, until then the clock orders the lives");
    }
    return new Incarnation(n, boot);
  }

  private static long read(Path file, Notices notices) throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      return 0;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      notices.say(
          "incarnation", "incarnation counter in " + file + " is not a number; counting anew");
      return 0;
    }
  }

  private static void write(Path dir, long n) throws IOException {
    Path fresh = dir.resolve(NAME + ".new");
    byte[] text = (n + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, dir.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    syncFolder(dir);
  }

  /** Makes a rename in a folder durable. */
  static void syncFolder(Path dir) throws IOException {
    try (FileChannel folder = FileChannel.open(dir, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
