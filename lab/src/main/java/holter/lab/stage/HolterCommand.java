package holter.lab.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import holter.lab.cases.Given;
import holter.lab.fleet.JvmCommand;
import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import holter.lab.process.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code holter diagnose} as a user runs it: a process of its own, on an emulated host or on none.
 * All that the lab knows of its answer is what it printed.
 */
public final class HolterCommand {
  private static final String MAIN = "holter.cli.Main";
  private static final int HEAP_MB = 256;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Children children;
  private final Path directory;
  private final Path hostsFile;
  private final Map<String, String> environment;
  private final String help;
  private int asked;

  /**
   * @param directory where its output goes
   * @param hostsFile how it sees emulated hosts
   * @param environment beside the lab's own
   */
  public HolterCommand(
      Children children, Path directory, Path hostsFile, Map<String, String> environment) {
    this.children = children;
    this.directory = directory;
    this.hostsFile = hostsFile;
    this.environment = Map.copyOf(environment);
    this.help = run(List.of("diagnose", "--help")).text();
  }

  /**
   * An answer.
   *
   * @param deep whether it was asked with {@code --deep}
   * @param exit the command's exit code; −1 when it did not end in time
   * @param wholeMs from the start of the process to its end
   * @param computeMs what it says it spent on thinking; −1 when it does not say
   * @param report what it printed; missing when that is no JSON
   * @param said what it printed as it was, when it is no JSON
   * @param withheld sources of the case that this Holter has no option for
   */
  public record Answer(
      boolean deep,
      int exit,
      long wholeMs,
      long computeMs,
      JsonNode report,
      String said,
      List<Given> withheld) {}

  private record Ran(int exit, long wholeMs, String text, String errors) {}

  /** The option by which a source is given. */
  static String option(Given source) {
    return switch (source) {
      case LOGS -> "--logs";
      case CLIENT_LOGS -> "--client-logs";
      case EXPORTER -> "--hosts-exporter";
      case ZOOKEEPER -> "--zookeeper";
      case JMX -> "--jmx";
    };
  }

  /** Whether the command has such an option. */
  boolean has(String option) {
    return help.contains(option + "=")
        || help.contains(option + " ")
        || help.contains(option + "\n");
  }

  /**
   * Asks.
   *
   * @param words of the command line, without the verb
   * @param sources what is given, by its value
   */
  public Answer ask(List<String> words, Map<Given, String> sources, boolean deep) {
    var command = new ArrayList<>(List.of("diagnose"));
    command.addAll(words);
    var withheld = new ArrayList<Given>();
    sources.forEach(
        (source, value) -> {
          if (has(option(source))) {
            command.addAll(List.of(option(source), value));
          } else {
            withheld.add(source);
          }
        });
    if (deep) {
      command.add("--deep");
    }
    command.addAll(List.of("-o", "json", "--lang", "en"));
    var ran = run(command);
    JsonNode report = MissingNode.getInstance();
    try {
      report = JSON.readTree(ran.text());
    } catch (JsonProcessingException notJson) {
      report = MissingNode.getInstance();
    }
    boolean told = report.has("diagnosis");
    return new Answer(
        deep,
        ran.exit(),
        ran.wholeMs(),
        report.path("took").path("computeMs").asLong(-1),
        told ? report : MissingNode.getInstance(),
        told ? "" : (ran.text() + ran.errors()).strip(),
        withheld);
  }

  private Ran run(List<String> words) {
    var name = "holter-" + ++asked;
    try {
      Path out = Files.createFile(directory.resolve(name + ".out"));
      Path err = Files.createFile(directory.resolve(name + ".err"));
      var java =
          new JvmCommand(
                  HEAP_MB, hostsFile, Optional.empty(), System.getProperty("java.class.path"), MAIN)
              .with(words);
      java.addAll(1, JvmCommand.ownCache());
      var command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" 2>\"$0\""));
      command.add(err.toString());
      command.addAll(java);
      long startNanos = System.nanoTime();
      var child = children.start(new ChildSpec(name, name, command, environment, directory, out));
      boolean ended = child.awaitExit(LIMIT);
      if (!ended) {
        child.kill();
      }
      long wholeMs = (System.nanoTime() - startNanos) / 1_000_000;
      return new Ran(
          ended ? child.exit().join() : -1,
          wholeMs,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException("holter's output cannot be kept", failed);
    }
  }

  /** Refuses to go on without a command to ask. */
  public void require() {
    if (!has("--topic")) {
      throw new LabException(
          "holter diagnose cannot be started from here; it said: "
              + help.lines().findFirst().orElse("nothing"));
    }
  }
}
