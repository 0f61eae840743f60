package holter.server.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command to its end or its deadline. What runs on is killed, with what it started. Its
 * output is drained as it comes and never waited for: a process that it leaves behind may hold it
 * open for ever.
 */
final class Command {
  private static final int OUTPUT_BYTES_MAX = 4_096;
  private static final int LINE_MAX = 200;
  private static final long DRAIN_EVERY_MS = 20;

  private Command() {}

  /** How it ended. */
  sealed interface End {
    /** By itself; the line is the first that it said, cut. */
    record Exited(int code, String line) implements End {}

    /** It could not be started. */
    record NotStarted(String why) implements End {}

    /** Its deadline passed. */
    record Late() implements End {}
  }

  static End run(List<String> words, Duration deadline) throws InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(words).redirectErrorStream(true).start();
    } catch (IOException refused) {
      return new End.NotStarted(String.valueOf(refused.getMessage()));
    }
    long endNs = System.nanoTime() + deadline.toNanos();
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    try (InputStream output = process.getInputStream()) {
      process.getOutputStream().close();
      while (!process.waitFor(DRAIN_EVERY_MS, TimeUnit.MILLISECONDS)) {
        drain(output, kept);
        if (System.nanoTime() - endNs >= 0) {
          return new End.Late();
        }
      }
      drain(output, kept);
    } catch (IOException broken) {
      return new End.NotStarted("its output broke: " + broken.getMessage());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new End.Exited(process.exitValue(), firstLine(kept));
  }

  private static void drain(InputStream output, ByteArrayOutputStream kept) throws IOException {
    for (int ready = output.available(); ready > 0; ready = output.available()) {
      byte[] some = output.readNBytes(Math.min(ready, OUTPUT_BYTES_MAX));
      kept.write(some, 0, Math.min(some.length, OUTPUT_BYTES_MAX - kept.size()));
    }
  }

  private static String firstLine(ByteArrayOutputStream kept) {
    String line =
        kept.toString(StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .findFirst()
            .orElse("")
            .replaceAll("\\p{Cntrl}", " ");
    return line.length() > LINE_MAX ? line.substring(0, LINE_MAX) + "…" : line;
  }
}
