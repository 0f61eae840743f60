package holter.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One living or ended child process. Thread-safe. */
public final class Child {
  private final ChildSpec spec;
  private final Process process;

  Child(ChildSpec spec, Process process) {
    this.spec = spec;
    this.process = process;
  }

  public String name() {
    return spec.name();
  }

  public String host() {
    return spec.host();
  }

  public ChildSpec spec() {
    return spec;
  }

  public long pid() {
    return process.pid();
  }

  /** True while the process exists; a stopped one does. */
  public boolean alive() {
    return process.isAlive();
  }

  /** True while the process exists and SIGSTOP holds it. */
  public boolean stopped() {
    var stat = ProcStat.read(pid());
    return alive() && stat != null && stat.state() == 'T';
  }

  /** Completes with the exit code; 128 + signal when a signal ended it. */
  public CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Sends SIGKILL, to a stopped process too, and waits up to five seconds for its end. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(5));
  }

  /** Sends SIGTERM and returns at once. */
  public void terminate() {
    process.destroy();
  }

  /** Sends SIGSTOP: sockets stay open and are accepted by the kernel, but nobody answers. */
  public void stop() {
    signal("STOP");
  }

  /** Sends SIGCONT. */
  public void cont() {
    signal("CONT");
  }

  /** Whether it ended within {@code limit}. */
  public boolean awaitExit(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Figures of the process from /proc, or null once it is gone. */
  public @Nullable ProcStat stat() {
    return alive() ? ProcStat.read(pid()) : null;
  }

  /** The last lines of its output, for messages; empty when there is none. */
  public String outputTail(int lines) {
    try {
      Path file = spec.output();
      var all = Files.readAllLines(file, java.nio.charset.StandardCharsets.ISO_8859_1);
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return "";
    }
  }

  private void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
      if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new LabException(
            "cannot send SIG%s to %s; process %d is gone".formatted(name, name(), pid()));
      }
    } catch (IOException e) {
      throw new LabException("cannot run kill; " + Objects.toString(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return name() + " (pid " + pid() + (alive() ? ")" : ", ended)");
  }
}
