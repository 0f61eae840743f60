package holter.lab.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads scenarios strictly: an unknown key is an error with its line, column and a suggestion. */
public final class ScenarioReader {
  /** Names of the scenarios that come with the lab. */
  public static final List<String> BUILT_IN =
      List.of(
          "incident",
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

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .addModule(new SimpleModule().addDeserializer(Duration.class, new WrittenDuration()))
          .build();

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
    var places = placesOf(text, called);
    try {
      var scenario = YAML.readValue(text, Scenario.class);
      if (scenario == null) {
        throw new BadScenario(called + ": empty; a scenario names at least kafka and fleet");
      }
      var missing = ScenarioCheck.firstProblem(scenario);
      if (missing != null) {
        var place = places.of(missing.path());
        throw new BadScenario(called + ":" + place + ": " + missing.what());
      }
      return scenario;
    } catch (JsonMappingException wrong) {
      var place = places.of(wrong.getPath());
      throw new BadScenario(called + ":" + place + ": " + said(wrong));
    } catch (JsonProcessingException notYaml) {
      var at = notYaml.getLocation();
      var place = at == null ? "" : ":line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new BadScenario(
          called + place + ": not YAML; " + oneLine(notYaml.getOriginalMessage()));
    }
  }

  private static YamlPlaces placesOf(String text, String called) {
    try {
      return new YamlPlaces(text);
    } catch (MarkedYAMLException notYaml) {
      var mark = notYaml.getProblemMark();
      var place =
          mark == null
              ? ""
              : ":line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
      throw new BadScenario(called + place + ": not YAML; " + oneLine(notYaml.getProblem()));
    }
  }

  private static String said(JsonMappingException wrong) {
    return switch (wrong) {
      case UnrecognizedPropertyException unknown ->
          "unknown key '"
              + unknown.getPropertyName()
              + "'"
              + Near.suggestion(
                  unknown.getPropertyName(),
                  unknown.getKnownPropertyIds().stream().map(String::valueOf).toList());
      case ValueInstantiationException refused when refused.getCause() != null ->
          oneLine(refused.getCause().getMessage());
      case InvalidFormatException format when format.getTargetType().isEnum() ->
          "'"
              + format.getValue()
              + "' is not one of "
              + YAML.convertValue(
                  Arrays.asList(format.getTargetType().getEnumConstants()), List.class);
      default -> oneLine(wrong.getOriginalMessage());
    };
  }

  private static String oneLine(@Nullable String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", "; ");
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

  private static final class WrittenDuration extends StdScalarDeserializer<Duration> {
    WrittenDuration() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return duration(parser.getText());
      } catch (IllegalArgumentException bad) {
        throw new JsonMappingException(parser, String.valueOf(bad.getMessage()), bad);
      }
    }
  }
}
