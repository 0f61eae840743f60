package holter.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What /proc/PID/stat says of a process.
 *
 * @param state R, S, D, T (stopped), Z (ended, not yet reaped) …
 * @param userSeconds processor time in user mode, ended threads included
 * @param systemSeconds processor time in the kernel
 * @param residentBytes memory it holds now
 */
public record ProcStat(char state, double userSeconds, double systemSeconds, long residentBytes) {
  private static final Pattern BLANK = Pattern.compile(" ");

  /** USER_HZ: fixed at 100 in Linux's interface to programs on every architecture of the JDK. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long PAGE_BYTES = 4096;

  /** Null when there is no such process. */
  public static @Nullable ProcStat read(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc/" + pid + "/stat")));
    } catch (IOException e) {
      return null;
    }
  }

  static ProcStat parse(String line) {
    // the command's name stands in brackets and may hold blanks and brackets itself
    List<String> fields = List.of(BLANK.split(line.substring(line.lastIndexOf(')') + 2).strip()));
    return new ProcStat(
        fields.get(0).charAt(0),
        Long.parseLong(fields.get(11)) / TICKS_PER_SECOND,
        Long.parseLong(fields.get(12)) / TICKS_PER_SECOND,
        Long.parseLong(fields.get(21)) * PAGE_BYTES);
  }
}
