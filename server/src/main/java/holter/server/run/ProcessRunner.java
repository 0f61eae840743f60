package holter.server.run;

import holter.detect.RestartTruth;
import holter.engine.RestartOrder;
import holter.server.port.Look;
import holter.server.port.Runner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Restarts by a command of the operator's, as {@code systemctl restart dac@{instance}}. Looks at
 * the process first: by the operator's second command, by its pid file, and by asking the instance
 * itself. A process that began after the expected life did is another life, and stays; one that is
 * gone is started, whatever life was expected.
 */
public final class ProcessRunner implements Runner {
  /** A start is rounded to seconds, and the boot time it counts from is too. */
  private static final long SLACK_S = 2;

  /**
   * What to run.
   *
   * @param restart restarts; done when it exits 0
   * @param truth prints one of exited, stopped, hung, healthy, unknown; no words for none
   * @param pidFile where the process's id stands, with places as a template; empty for none
   * @param deadline of each command
   */
  public record Commands(Template restart, Template truth, String pidFile, Duration deadline) {}

  private final Commands commands;
  private final Look look;
  private final PidFile pids;

  /**
   * @param look asks the instance itself
   */
  public ProcessRunner(Commands commands, Look look) {
    this(commands, look, Path.of("/proc"));
  }

  ProcessRunner(Commands commands, Look look, Path proc) {
    this.commands = commands;
    this.look = look;
    this.pids = new PidFile(proc);
  }

  @Override
  public Answer restart(RestartOrder order) {
    if (!Template.takes(order)) {
      return new Answer(
          false, RestartTruth.UNKNOWN, "such an instance id stands in no command of ours");
    }
    try {
      return act(order);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Answer(false, RestartTruth.UNKNOWN, "Holter is stopping");
    }
  }

  private Answer act(RestartOrder order) throws InterruptedException {
    PidFile.Sight process = process(order);
    Look.Seen seen = seen(order, process);
    long expected = order.expected().counter();
    boolean gone = seen.truth() == RestartTruth.EXITED && !process.runs();
    boolean youngerProcess =
        expected > 0 && process.startedS() > 0 && expected < process.startedS() - SLACK_S;
    if (!gone && (youngerProcess || seen.later(order))) {
      return new Answer(false, seen.truth(), "already replaced: " + seen.words());
    }
    return switch (Command.run(commands.restart().filled(order), commands.deadline())) {
      case Command.End.Exited(int code, String line) when code == 0 ->
          new Answer(true, seen.truth(), joined(seen.words(), line));
      case Command.End.Exited(int code, String line) ->
          new Answer(false, seen.truth(), joined("the command exits " + code, line));
      case Command.End.NotStarted(String why) ->
          new Answer(false, seen.truth(), "the command does not start: " + why);
      case Command.End.Late() ->
          new Answer(
              false,
              seen.truth(),
              "the command did not end within " + commands.deadline().toMillis() + " ms");
    };
  }

  private PidFile.Sight process(RestartOrder order) {
    return commands.pidFile().isEmpty()
        ? new PidFile.Sight(RestartTruth.UNKNOWN, false, 0, "no pid file is set")
        : pids.look(Path.of(Template.fill(commands.pidFile(), order)));
  }

  private Look.Seen seen(RestartOrder order, PidFile.Sight process) throws InterruptedException {
    if (process.truth() != RestartTruth.UNKNOWN) {
      return new Look.Seen(process.truth(), process.words());
    }
    Optional<Look.Seen> told = told(order);
    if (told.isPresent()) {
      return told.get();
    }
    Look.Seen own = look.at(order);
    String words = process.runs() ? joined(process.words(), own.words()) : own.words();
    return new Look.Seen(own.truth(), words, own.life());
  }

  private Optional<Look.Seen> told(RestartOrder order) throws InterruptedException {
    if (commands.truth().words().isEmpty()) {
      return Optional.empty();
    }
    if (Command.run(commands.truth().filled(order), commands.deadline())
        instanceof Command.End.Exited(int code, String line)) {
      return Arrays.stream(RestartTruth.values())
          .filter(truth -> truth != RestartTruth.UNKNOWN)
          .filter(truth -> truth.name().equals(line.toUpperCase(Locale.ROOT)))
          .findFirst()
          .map(truth -> new Look.Seen(truth, "runner.command.truth says " + line));
    }
    return Optional.empty();
  }

  private static String joined(String first, String second) {
    return second.isEmpty() ? first : first + "; " + second;
  }
}
