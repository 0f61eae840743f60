package holter.lab.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Reads scenarios strictly: an unknown key is an error with its line, column and a suggestion. */
public final class ScenarioReader {
  /** Names of the scenarios that come with the lab. */
  public static final List<String> BUILT_IN =
      List.of(
          "incident",
          "incident-cured",
          "leaders-moved",
          "leaders-asked",
          "broker-dead",
          "broker-frozen",
          "client-network",
          "registrations-lost",
          "worker-dead",
          "orchestrator-killed",
          "orchestrator-paused",
          "leader-killed",
          "leader-stopped",
          "calm",
          "rolling",
          "naming-hang",
          "naming-nic",
          "detect-b",
          "detect-c",
          "detect-d",
          "detect-e",
          "detect-h",
          "detect-i",
          "detect-k",
          "detect-l",
          "detect-n",
          "detect-q");

  private static final int FILE_BYTES_MAX = 1 << 20;
  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

  private ScenarioReader() {}

  /** A built-in scenario by its name, or else a file. */
  public static Scenario find(String nameOrFile) {
    if (BUILT_IN.contains(nameOrFile)) {
      return builtIn(nameOrFile);
    }
    var file = Path.of(nameOrFile);
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new BadScenario(file + ": larger than 1 MiB; a scenario is a page of text");
      }
      return read(Files.readString(file), nameOrFile);
    } catch (NoSuchFileException absent) {
      throw new BadScenario(
          "no scenario "
              + nameOrFile
              + "; neither a file nor one of "
              + String.join(", ", BUILT_IN)
              + Near.suggestion(nameOrFile, BUILT_IN));
    } catch (IOException unreadable) {
      throw new BadScenario(file + ": cannot be read; " + unreadable);
    }
  }

  /** A world that comes with the lab, listed or not, as {@code bench-leader}. */
  public static Scenario builtIn(String name) {
    var resource = "/scenarios/" + name + ".yaml";
    try (var in = ScenarioReader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the lab's jar");
      }
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
    } catch (IOException unreadable) {
      throw new IllegalStateException(resource, unreadable);
    }
  }

  /**
   * Reads and checks one scenario.
   *
   * @param text YAML
   * @param called what the text is called in errors
   */
  public static Scenario read(String text, String called) {
    return StrictYaml.read(
        text,
        called,
        Scenario.class,
        "a scenario names at least kafka and fleet",
        ScenarioCheck::firstProblem);
  }

  /** {@code 250ms}, {@code 5s}, {@code 3m}, {@code 1h}. */
  public static Duration duration(String written) {
    var match = DURATION.matcher(written);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'" + written + "' is not a duration; write 250ms, 5s, 3m or 1h");
    }
    long count = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }
}
