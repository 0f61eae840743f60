package holter.lab.fleet;

import holter.detect.RestartTruth;
import holter.lab.process.Child;
import holter.lab.process.Children;
import holter.lab.scenario.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One worker: its process of the moment, and what is true of it. Each life is a process of its own
 * with the same name, ports and state on disk. Thread-safe.
 */
public final class LabWorker implements Ward {
  /** A beat loop that has not turned for this many intervals hangs. */
  private static final int HUNG_INTERVALS = 3;

  private static final Duration HUNG_MIN = Duration.ofSeconds(3);

  private final Worker spec;
  private final WorkerCommand command;
  private final Children children;
  private final TruthLog truth;
  private final ExitListener exits;
  private @Nullable Child child;
  private long incarnation;
  private int life;

  /** Hears of a life's end that the runner did not cause. */
  interface ExitListener {
    void exited(String worker, long incarnation, int exitCode);
  }

  LabWorker(
      Worker spec, WorkerCommand command, Children children, TruthLog truth, ExitListener exits) {
    this.spec = spec;
    this.command = command;
    this.children = children;
    this.truth = truth;
    this.exits = exits;
  }

  @Override
  public String name() {
    return spec.name();
  }

  /** The scenario's own line about it. */
  public Worker spec() {
    return spec;
  }

  /** The process of the moment; empty before the first life. */
  public synchronized Optional<Child> process() {
    return Optional.ofNullable(child);
  }

  /** Starts its next life. */
  synchronized void start() {
    var born = children.start(command.spec());
    child = born;
    incarnation = 0;
    int number = ++life;
    truth.happened(TruthLog.Kind.WORKER_STARTED, name(), "life " + number + ", pid " + born.pid());
    var end = born.exit().thenAccept(code -> ended(number, code));
    if (end.isCompletedExceptionally()) {
      throw new IllegalStateException("the end of " + name() + " cannot be awaited");
    }
  }

  private void ended(int number, int exitCode) {
    long whose;
    synchronized (this) {
      if (number != life) {
        return; // the runner ended it to start the next one
      }
      whose = incarnation;
    }
    exits.exited(name(), whose, exitCode);
  }

  /** Whether it is up: an agent answers, a foreign sender has a process. */
  public boolean up() {
    return switch (look().truth()) {
      case HEALTHY -> true;
      case EXITED, STOPPED, HUNG, UNKNOWN -> false;
    };
  }

  /** Whether it cannot do its work now: it has ended, is stopped, or hangs. */
  public boolean down() {
    return switch (look().truth()) {
      case EXITED, STOPPED, HUNG -> true;
      case HEALTHY, UNKNOWN -> false;
    };
  }

  @Override
  public Look look() {
    Child now;
    long known;
    synchronized (this) {
      now = child;
      known = incarnation;
    }
    if (now == null) {
      return new Look(RestartTruth.EXITED, 0, "was never started");
    }
    if (!now.alive()) {
      return new Look(RestartTruth.EXITED, known, "exit code " + now.exit().join());
    }
    if (now.stopped()) {
      return new Look(RestartTruth.STOPPED, known, "process " + now.pid() + " is stopped");
    }
    var asked = command.answerAt();
    if (asked.isEmpty()) {
      return new Look(RestartTruth.HEALTHY, 0, "process " + now.pid() + " runs");
    }
    return answered(now, known, asked.get());
  }

  private Look answered(Child now, long known, URI asked) {
    var pulse = Pulse.take(asked);
    if (pulse.isEmpty()) {
      return now.alive()
          ? new Look(RestartTruth.UNKNOWN, known, "runs, and gave the lab no answer in 2 s")
          : new Look(RestartTruth.EXITED, known, "ended while it was asked");
    }
    var said = pulse.get();
    synchronized (this) {
      if (now.equals(child)) {
        incarnation = said.incarnation();
      }
    }
    long limitMs =
        Math.max(HUNG_MIN.toMillis(), HUNG_INTERVALS * spec.group().interval().toMillis());
    return said.beatAgeMs() > limitMs
        ? new Look(
            RestartTruth.HUNG,
            said.incarnation(),
            "its beat loop has stood for " + said.beatAgeMs() + " ms")
        : new Look(
            RestartTruth.HEALTHY,
            said.incarnation(),
            "beats, last turn " + said.beatAgeMs() + " ms ago");
  }

  @Override
  public void startAgain() {
    Child before;
    synchronized (this) {
      life++; // from here on the end of the old life is the runner's doing
      before = child;
    }
    if (before != null && before.alive()) {
      before.kill();
    }
    start();
  }

  /** The last line of its output, for messages. */
  String lastWords() {
    var tail = process().map(running -> running.outputTail(1)).orElse("");
    return tail.isEmpty() ? look().detail() : "it last said: " + tail;
  }

  /** SIGKILL: the lab's fault, not the runner's restart. */
  public void kill() {
    truth.happened(TruthLog.Kind.WORKER_KILLED, name(), "SIGKILL");
    required().kill();
  }

  /** SIGTERM, as a deploy sends it: it says goodbye and ends; SIGKILL when it does not in time. */
  public void leave(Duration within) {
    truth.happened(TruthLog.Kind.WORKER_LEFT, name(), "SIGTERM, on purpose");
    var leaving = required();
    leaving.terminate();
    if (!leaving.awaitExit(within)) {
      leaving.kill();
    }
  }

  /** Starts its next life after it left, unless somebody else has. */
  public synchronized void comeBack() {
    if (!required().alive()) {
      start();
    }
  }

  /** SIGSTOP. */
  public void stop() {
    truth.happened(TruthLog.Kind.WORKER_STOPPED, name(), "SIGSTOP");
    required().stop();
  }

  /** SIGCONT, if it is still the stopped life that runs. */
  public void cont() {
    if (required().stopped()) {
      required().cont();
      truth.happened(TruthLog.Kind.WORKER_CONTINUED, name(), "SIGCONT");
    }
  }

  /** Makes the agent's beat loop hang while its ports answer. */
  public void hang() {
    truth.happened(TruthLog.Kind.WORKER_HUNG, name(), "beat loop hangs");
    say("hang");
  }

  /** Lets the beat loop turn again. */
  public void resume() {
    if (down() && required().alive()) {
      say("resume");
      truth.happened(TruthLog.Kind.WORKER_CONTINUED, name(), "beat loop turns again");
    }
  }

  private void say(String line) {
    Path ear =
        command
            .stdin()
            .orElseThrow(() -> new IllegalStateException(name() + " has no standard input"));
    try {
      Files.writeString(ear, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot speak to " + name(), failed);
    }
  }

  private synchronized Child required() {
    if (child == null) {
      throw new IllegalStateException(name() + " was never started");
    }
    return child;
  }
}
