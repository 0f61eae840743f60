package holter.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The processes of one lab. None of them outlives this JVM, however it ends.
 *
 * <p>The kernel sees to it: each child asks for SIGKILL at its parent's death (prctl's
 * PR_SET_PDEATHSIG, through setpriv), which also ends a stopped one, and then makes sure that the
 * parent has not died before it asked. The signal is bound to the parent's <em>thread</em>, so all
 * children are started from one thread that lives as long as the JVM. Thread-safe.
 */
public final class Children implements AutoCloseable {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final String ONLY_WHILE_PARENT_LIVES =
      "test \"$PPID\" = \"$0\" || exit 137; exec \"$@\"";
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private static final ExecutorService SPAWNER =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("lab-spawner").factory());

  private final Map<String, Child> byName = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Starts a child. A name may be used again once its process has ended.
   *
   * @throws LabException when it cannot be started
   */
  public Child start(ChildSpec spec) {
    if (!Files.isExecutable(SETPRIV)) {
      throw new LabException(
          "cannot start %s; %s is missing; install util-linux".formatted(spec.name(), SETPRIV));
    }
    try {
      return SPAWNER.submit(() -> spawn(spec)).get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      var why = e.getCause() == null ? e : e.getCause();
      throw new LabException("cannot start %s; %s".formatted(spec.name(), why.getMessage()), why);
    } catch (TimeoutException e) {
      throw new LabException("cannot start %s; no answer in 30 s".formatted(spec.name()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while starting " + spec.name(), e);
    }
  }

  private Child spawn(ChildSpec spec) throws IOException {
    var before = byName.get(spec.name());
    if (before != null && before.alive()) {
      throw new IOException("process " + before.pid() + " has that name and lives");
    }
    var builder = new ProcessBuilder(tied(spec.command()));
    builder.environment().putAll(spec.environment());
    builder.directory(spec.directory().toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.output().toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    var child = new Child(spec, builder.start());
    byName.put(spec.name(), child);
    if (closed) {
      child.kill();
    }
    return child;
  }

  private static List<String> tied(List<String> command) {
    var tied = new ArrayList<String>();
    tied.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "/bin/sh", "-c"));
    tied.add(ONLY_WHILE_PARENT_LIVES);
    tied.add(Long.toString(ProcessHandle.current().pid()));
    tied.addAll(command);
    return tied;
  }

  /** All children that live now. */
  public List<Child> alive() {
    return byName.values().stream().filter(Child::alive).toList();
  }

  /** The living children of one emulated host. */
  public List<Child> on(String host) {
    return alive().stream().filter(child -> child.host().equals(host)).toList();
  }

  /** Kills all children and waits until they are gone. */
  @Override
  public void close() {
    closed = true;
    alive()
        .forEach(child -> ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly));
    byName.values().forEach(Child::kill);
  }
}
