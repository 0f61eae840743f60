package holter.lab.stage;

import holter.lab.process.Child;
import holter.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** How many files a running process may have open, lowered while it runs. */
final class FileLimit {
  private static final long SECONDS = 5;

  private FileLimit() {}

  /**
   * @param more beyond those that it has open now
   */
  static void put(Child child, int more) {
    long pid = child.pid();
    try (var open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      long most = open.count() + more;
      var command =
          new ProcessBuilder(
                  "prlimit", "--pid", Long.toString(pid), "--nofile=" + most + ":" + most)
              .redirectErrorStream(true)
              .start();
      if (!command.waitFor(SECONDS, TimeUnit.SECONDS) || command.exitValue() != 0) {
        throw new LabException("prlimit cannot limit the files of " + child.name());
      }
    } catch (IOException failed) {
      throw new LabException("the files of %s cannot be limited; %s".formatted(child, failed));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted", closing);
    }
  }
}
