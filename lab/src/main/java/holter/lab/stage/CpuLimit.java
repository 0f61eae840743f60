package holter.lab.stage;

import holter.lab.process.Child;
import holter.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * So much of one processor for one process: by the kernel's cpu controller, version 1 or 2,
 * whichever this machine lets the lab write; else by SIGSTOP and SIGCONT in turn, which looks the
 * same from outside and leaves no counter of throttled periods.
 */
final class CpuLimit implements AutoCloseable {
  private static final Path V1 = Path.of("/sys/fs/cgroup/cpu");
  private static final Path V2 = Path.of("/sys/fs/cgroup");
  private static final int PERIOD_US = 100_000;

  private final Child child;
  private final Kind kind;
  private final Path group;
  private volatile boolean over;

  /** How the limit is made. */
  enum Kind {
    CGROUP_1,
    CGROUP_2,
    /** cpu.quota emulated by signals. */
    SIGNALS
  }

  private CpuLimit(Child child, Kind kind, Path group) {
    this.child = child;
    this.kind = kind;
    this.group = group;
  }

  /** What this machine allows. */
  static Kind allowed() {
    if (Files.exists(V1.resolve("cpu.cfs_quota_us")) || Files.isWritable(V1.resolve("tasks"))) {
      return Files.isWritable(V1) ? Kind.CGROUP_1 : Kind.SIGNALS;
    }
    try {
      var controllers = V2.resolve("cgroup.subtree_control");
      return Files.isWritable(controllers) && Files.readString(controllers).contains("cpu")
          ? Kind.CGROUP_2
          : Kind.SIGNALS;
    } catch (IOException unreadable) {
      return Kind.SIGNALS;
    }
  }

  /** Limits a process from now on. */
  static CpuLimit of(Child child, int percent) {
    var kind = allowed();
    Path root = kind == Kind.CGROUP_1 ? V1 : V2;
    var limit = new CpuLimit(child, kind, root.resolve("holter-lab-" + child.pid()));
    try {
      switch (kind) {
        case CGROUP_1 -> {
          Files.createDirectories(limit.group);
          write(limit.group.resolve("cpu.cfs_period_us"), PERIOD_US);
          write(limit.group.resolve("cpu.cfs_quota_us"), PERIOD_US / 100L * percent);
          write(limit.group.resolve("cgroup.procs"), child.pid());
        }
        case CGROUP_2 -> {
          Files.createDirectories(limit.group);
          Files.writeString(
              limit.group.resolve("cpu.max"), PERIOD_US / 100L * percent + " " + PERIOD_US);
          write(limit.group.resolve("cgroup.procs"), child.pid());
        }
        case SIGNALS ->
            Thread.ofPlatform().daemon().name("lab-cpu-limit").start(() -> limit.inTurn(percent));
      }
      return limit;
    } catch (IOException refused) {
      limit.close();
      throw new LabException("cannot limit " + child.name() + "; " + refused.getMessage(), refused);
    }
  }

  Kind kind() {
    return kind;
  }

  /** Periods in which it was held back so far; −1 where nobody counts them. */
  long throttled() {
    if (kind == Kind.SIGNALS) {
      return -1;
    }
    try {
      return Files.readAllLines(group.resolve("cpu.stat")).stream()
          .filter(line -> line.startsWith("nr_throttled "))
          .mapToLong(line -> Long.parseLong(line.substring("nr_throttled ".length())))
          .findFirst()
          .orElse(-1);
    } catch (IOException gone) {
      return -1;
    }
  }

  private void inTurn(int percent) {
    var run = Duration.ofMillis(PERIOD_US / 1000L * percent / 100 + 1);
    var rest = Duration.ofMillis(PERIOD_US / 1000L).minus(run).plusMillis(1);
    try {
      while (!over && child.alive()) {
        child.stop();
        Thread.sleep(rest);
        child.cont();
        Thread.sleep(run);
      }
    } catch (InterruptedException | LabException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lifts the limit. */
  @Override
  public void close() {
    over = true;
    if (kind == Kind.SIGNALS || !Files.isDirectory(group)) {
      return;
    }
    try {
      Path parent = kind == Kind.CGROUP_1 ? V1 : V2;
      for (var pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
        write(parent.resolve("cgroup.procs"), Long.parseLong(pid));
      }
      Files.delete(group);
    } catch (IOException busy) {
      throw new LabException("cannot remove " + group + "; " + busy.getMessage(), busy);
    }
  }

  private static void write(Path file, long value) throws IOException {
    Files.writeString(file, Long.toString(value));
  }
}
