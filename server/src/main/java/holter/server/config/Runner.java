package holter.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who restarts.
 *
 * @param kind {@code advise}, {@code webhook}, {@code command} or {@code kubernetes}
 * @param url of the webhook; empty otherwise
 * @param exitEvents whether the runner is asked for exits
 * @param command what is run for {@code command}
 * @param pods which pods are the fleet's, for {@code kubernetes}
 */
public record Runner(
    String kind, String url, boolean exitEvents, @Nullable Command command, @Nullable Pods pods) {
  public Runner {
    switch (kind) {
      case "advise" -> {}
      case "webhook" -> Check.httpUrl("runner.url", Check.required("runner.url", url));
      case "command" -> {
        if (command == null) {
          throw new BadConfig(
              "runner.command", "is missing", "write { restart: [systemctl, restart, …] }");
        }
      }
      case "kubernetes" -> {
        if (pods == null) {
          throw new BadConfig("runner.pods", "is missing", "write { selector: app=dac }");
        }
      }
      default ->
          throw new BadConfig(
              "runner.kind", "is \"" + kind + "\"", "write advise, webhook, command or kubernetes");
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static Runner of(
      @Nullable String kind,
      @Nullable String url,
      @Nullable Boolean exitEvents,
      @Nullable Command command,
      @Nullable Pods pods) {
    return new Runner(
        kind == null ? "advise" : kind,
        url == null ? "" : url,
        exitEvents == null || exitEvents,
        command,
        pods);
  }

  /**
   * @param restart the command's words; no shell reads them
   * @param truth a command that says what the process is; empty for none
   * @param pidFile where the process's id stands; empty for none
   * @param deadline of each command
   */
  public record Command(
      List<String> restart, List<String> truth, String pidFile, Duration deadline) {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w*)}");
    private static final List<String> PLACES = List.of("instance", "incarnation", "key", "epoch");

    public Command {
      restart = List.copyOf(restart);
      truth = List.copyOf(truth);
      if (restart.isEmpty() || restart.getFirst().isBlank()) {
        throw new BadConfig(
            "runner.command.restart", "is empty", "write [systemctl, restart, \"dac@{instance}\"]");
      }
      restart.forEach(word -> places("runner.command.restart", word));
      truth.forEach(word -> places("runner.command.truth", word));
      places("runner.command.pidFile", pidFile);
      if (restart.stream().noneMatch(word -> word.contains("{instance}"))) {
        throw new BadConfig(
            "runner.command.restart",
            "names no {instance}",
            "it would restart the same thing whoever is dead; write {instance} where it belongs");
      }
      if (!pidFile.isEmpty() && !pidFile.contains("{instance}")) {
        throw new BadConfig(
            "runner.command.pidFile", "names no {instance}", "write /run/dac/{instance}.pid");
      }
      Check.within(
          "runner.command.deadline", deadline, Duration.ofMillis(100), Duration.ofMinutes(1));
    }

    private static void places(String key, String word) {
      Matcher place = PLACE.matcher(word);
      while (place.find()) {
        if (!PLACES.contains(place.group(1))) {
          throw new BadConfig(
              key,
              "has a place " + place.group(),
              "known: {instance}, {incarnation}, {key}, {epoch}");
        }
      }
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Command of(
        @Nullable List<String> restart,
        @Nullable List<String> truth,
        @Nullable String pidFile,
        @Nullable Duration deadline) {
      return new Command(
          restart == null ? List.of() : restart,
          truth == null ? List.of() : truth,
          pidFile == null ? "" : pidFile,
          deadline == null ? Duration.ofSeconds(10) : deadline);
    }
  }

  /**
   * @param selector a label selector; never empty, for that would mean all
   * @param instanceLabel the label that holds the instance's id; empty: the pod's name is it
   * @param container the worker's; empty: the pod's only one, or its default
   * @param grace between SIGTERM and SIGKILL; zero: as the pod has it
   */
  public record Pods(String selector, String instanceLabel, String container, Duration grace) {
    private static final Pattern LABEL = Pattern.compile("([a-z0-9.-]{1,253}/)?[\\w.-]{1,63}");

    public Pods {
      Check.required("runner.pods.selector", selector);
      if (!instanceLabel.isEmpty() && !LABEL.matcher(instanceLabel).matches()) {
        throw new BadConfig(
            "runner.pods.instanceLabel",
            "is no label: \"" + instanceLabel + "\"",
            "write a label's name, as example.org/instance");
      }
      if (!grace.isZero()) {
        Check.within("runner.pods.grace", grace, Duration.ofSeconds(1), Duration.ofMinutes(10));
      }
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Pods of(
        @Nullable String selector,
        @Nullable String instanceLabel,
        @Nullable String container,
        @Nullable Duration grace) {
      return new Pods(
          selector == null ? "" : selector,
          instanceLabel == null ? "" : instanceLabel,
          container == null ? "" : container,
          grace == null ? Duration.ZERO : grace);
    }
  }
}
