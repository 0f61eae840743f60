package holter.server.run;

import holter.detect.RestartTruth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A process by its pid file, as {@code /proc} has it. A pid file outlives its process and the pid
 * may belong to another one by then: that one began after the file was written.
 */
final class PidFile {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** USER_HZ, fixed at 100 in Linux's interface to programs. */
  private static final long TICKS_PER_SECOND = 100;

  /** {@code btime} is rounded, and a process writes its pid file a while after its start. */
  private static final long SLACK_S = 2;

  private final Path proc;

  /**
   * @param proc {@code /proc}
   */
  PidFile(Path proc) {
    this.proc = proc;
  }

  /**
   * A look at a process.
   *
   * @param truth {@code EXITED}, {@code STOPPED}, or {@code UNKNOWN} for one that runs or that
   *     cannot be seen
   * @param runs whether a process was seen that is not stopped
   * @param startedS its start, epoch seconds; 0 when it is not known
   */
  record Sight(RestartTruth truth, boolean runs, long startedS, String words) {}

  Sight look(Path file) {
    long pid;
    long writtenS;
    try {
      pid = Long.parseLong(Files.readString(file).strip());
      writtenS = Files.getLastModifiedTime(file).toMillis() / 1_000;
    } catch (NoSuchFileException missing) {
      return unseen("no pid file " + file);
    } catch (IOException | NumberFormatException unreadable) {
      return unseen("pid file " + file + " cannot be read");
    }
    try {
      String line = Files.readString(proc.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      // the command's name stands in brackets and may hold blanks and brackets itself
      List<String> fields =
          List.of(BLANKS.split(line.substring(line.lastIndexOf(')') + 1).strip()));
      long startedS = bootS() + Long.parseLong(fields.get(19)) / TICKS_PER_SECOND;
      if (startedS > writtenS + SLACK_S) {
        return exited("pid " + pid + " belongs to another process now");
      }
      return switch (fields.getFirst()) {
        case "Z", "X", "x" -> exited("pid " + pid + " ended");
        case "T", "t" ->
            new Sight(RestartTruth.STOPPED, false, startedS, "pid " + pid + " is stopped");
        default -> new Sight(RestartTruth.UNKNOWN, true, startedS, "pid " + pid + " runs");
      };
    } catch (NoSuchFileException gone) {
      return Files.isDirectory(proc.resolve("self"))
          ? exited("no process " + pid)
          : unseen("no " + proc + " here");
    } catch (IOException | RuntimeException garbled) {
      return unseen("process " + pid + " cannot be read");
    }
  }

  private long bootS() throws IOException {
    try (var lines = Files.lines(proc.resolve("stat"), StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("btime "))
          .mapToLong(line -> Long.parseLong(line.substring(6).strip()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Sight exited(String words) {
    return new Sight(RestartTruth.EXITED, false, 0, words);
  }

  private static Sight unseen(String words) {
    return new Sight(RestartTruth.UNKNOWN, false, 0, words);
  }
}
