package holter.server.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code holter.yaml}. Every mistake comes out as one {@link BadConfig} line. */
public final class ConfigFile {
  /** A configuration larger than this is a mistake. */
  private static final long BYTES_MAX = 1 << 20;

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @throws BadConfig with one line that names the file, the place and the key
   */
  public static HolterConfig read(Path path) {
    String text;
    try {
      if (Files.isRegularFile(path) && Files.size(path) > BYTES_MAX) {
        throw BadConfig.worded("", path + " is larger than 1 MiB; that is no holter.yaml");
      }
      text = Files.readString(path);
    } catch (NoSuchFileException missing) {
      throw BadConfig.worded("", path + " does not exist; write one after docs/configuration.md");
    } catch (CharacterCodingException garbage) {
      throw BadConfig.worded("", path + " is not UTF-8 text; save it as UTF-8");
    } catch (IOException unreadable) {
      throw BadConfig.worded(
          "", path + " cannot be read; " + reason(unreadable) + "; check its path and its rights");
    }
    return parse(text, path.getFileName().toString(), Placeholders.Lookup.SYSTEM);
  }

  static HolterConfig parse(String text, String name, Placeholders.Lookup lookup) {
    if (text.isBlank()) {
      throw BadConfig.worded("cluster", name + ": is empty; cluster and kafka are required");
    }
    YAMLMapper mapper = mapper();
    checkKeys(mapper, text, name);
    try (JsonParser parser = new Placeholders(mapper.createParser(text), lookup)) {
      HolterConfig config = mapper.readValue(parser, HolterConfig.class);
      if (config == null) {
        throw BadConfig.worded("cluster", name + ": is empty; cluster and kafka are required");
      }
      return config;
    } catch (BadConfig bad) {
      throw BadConfig.worded(bad.key(), named(name, bad));
    } catch (JsonMappingException wrong) {
      throw wrongValue(name, wrong);
    } catch (JsonProcessingException syntax) {
      throw BadConfig.worded(
          "", name + at(syntax.getLocation()) + ": not YAML; " + firstLine(syntax));
    } catch (IOException unreadable) {
      throw BadConfig.worded("", name + ": " + reason(unreadable));
    }
  }

  private static void checkKeys(YAMLMapper mapper, String text, String name) {
    try (JsonParser parser = mapper.createParser(text)) {
      new KnownKeys(name, parser).check(HolterConfig.class);
    } catch (JsonProcessingException syntax) {
      throw BadConfig.worded(
          "", name + at(syntax.getLocation()) + ": not YAML; " + firstLine(syntax));
    } catch (IOException unreadable) {
      throw BadConfig.worded("", name + ": " + reason(unreadable));
    }
  }

  private static String firstLine(JsonProcessingException syntax) {
    return syntax.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static YAMLMapper mapper() {
    SimpleModule module = new SimpleModule();
    module.addDeserializer(Duration.class, new DurationReader());
    YAMLFactory factory =
        YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    var names =
        AnnotationIntrospectorPair.pair(new JacksonAnnotationIntrospector(), new ParameterNames());
    return YAMLMapper.builder(factory)
        .annotationIntrospector(names)
        .addModule(module)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  private static final class DurationReader extends StdScalarDeserializer<Duration> {
    DurationReader() {
      super(Duration.class);
    }

    @Override
    public @Nullable Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      try {
        return Durations.parse(text == null ? "" : text);
      } catch (IllegalArgumentException wrong) {
        throw JsonMappingException.from(parser, wrong.getMessage());
      }
    }
  }

  private static BadConfig wrongValue(String name, JsonMappingException wrong) {
    for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
      if (cause instanceof BadConfig bad) {
        return BadConfig.worded(bad.key(), named(name + at(wrong.getLocation()), bad));
      }
      if (cause instanceof JsonProcessingException syntax
          && !(cause instanceof JsonMappingException)) {
        return BadConfig.worded(
            "", name + at(syntax.getLocation()) + ": not YAML; " + firstLine(syntax));
      }
    }
    String key = path(wrong);
    String said = wrong.getOriginalMessage().lines().findFirst().orElse("wrong");
    String plain = said.replaceAll("`?(?:[a-z]+\\.)+([A-Z]\\w*)(?:\\$(\\w+))?`?", "$1");
    return BadConfig.worded(key, name + at(wrong.getLocation()) + ": " + key + ": " + plain);
  }

  private static String path(JsonMappingException wrong) {
    return wrong.getPath().stream()
        .map(step -> step.getFieldName() != null ? step.getFieldName() : "" + step.getIndex())
        .collect(Collectors.joining("."));
  }

  private static String named(String name, BadConfig bad) {
    return name + ": " + bad.getMessage();
  }

  private static String at(@Nullable JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : ":" + location.getLineNr() + ":" + location.getColumnNr();
  }

  private static String reason(IOException failure) {
    return failure.getClass().getSimpleName();
  }
}
