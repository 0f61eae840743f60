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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * YAML that must fit a record exactly: an unknown key, a wrong value and what the reader of the
 * record objects to are one line each, with line, column and a suggestion. Durations are written
 * {@code 250ms}, {@code 5s}, {@code 3m}, {@code 1h}.
 */
public final class StrictYaml {
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .addModule(new SimpleModule().addDeserializer(Duration.class, new WrittenDuration()))
          .build();

  private StrictYaml() {}

  /**
   * Reads and checks one text.
   *
   * @param called what the text is called in errors
   * @param least what a text has at least, said of an empty one
   * @param check the first thing that is wrong with what was read; null for nothing
   * @throws BadScenario in one line, when it cannot be used
   */
  public static <T> T read(
      String text,
      String called,
      Class<T> type,
      String least,
      Function<T, @Nullable Problem> check) {
    var places = placesOf(text, called);
    try {
      T read = YAML.readValue(text, type);
      if (read == null) {
        throw new BadScenario(called + ": empty; " + least);
      }
      var missing = check.apply(read);
      if (missing != null) {
        var place = places.of(missing.path());
        throw new BadScenario(called + ":" + place + ": " + missing.what());
      }
      return read;
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

  /** What is wrong, and where. */
  public record Problem(List<JsonMappingException.Reference> path, String what) {}

  private static final class WrittenDuration extends StdScalarDeserializer<Duration> {
    WrittenDuration() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return ScenarioReader.duration(parser.getText());
      } catch (IllegalArgumentException bad) {
        throw new JsonMappingException(parser, String.valueOf(bad.getMessage()), bad);
      }
    }
  }
}
