package holter.server.bundle;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import holter.server.text.Unanswered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code bundle.yaml}, read strictly key by key: what cannot be read is lost alone. */
final class ManifestFile {
  static final String NAME = "bundle.yaml";

  private static final long BYTES_MAX = 1 << 20;
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  private final Losses losses;
  private int format = Manifest.FORMAT;
  private boolean formatTold;
  private String holter = "";
  private JsonNode collected = NullNode.getInstance();
  private JsonNode engine = NullNode.getInstance();
  private JsonNode logsFrom = NullNode.getInstance();
  private ZoneId zone = ZoneOffset.UTC;
  private String topic = Manifest.TOPIC;
  private String told = "";
  private List<String> notAsked = List.of();
  private final Map<Integer, String> brokers = new TreeMap<>();

  private ManifestFile(Losses losses) {
    this.losses = losses;
  }

  /** Never fails: what is missing or unreadable is told and taken as {@link Manifest#none}. */
  static Manifest read(Path dir, Losses losses) {
    Path file = dir.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      losses.part(NAME, BundleWords.NO_MANIFEST, Manifest.FORMAT, Manifest.TOPIC);
      return Manifest.none();
    }
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new IOException("larger than " + BYTES_MAX + " bytes");
      }
      JsonNode tree = YAML.readTree(Files.readAllBytes(file));
      if (tree == null || !tree.isObject()) {
        throw new IOException("it is no YAML object");
      }
      return new ManifestFile(losses).of(tree);
    } catch (IOException | RuntimeException unreadable) {
      losses.part(NAME, BundleWords.UNREADABLE, reason(unreadable));
      return Manifest.none();
    }
  }

  private Manifest of(JsonNode tree) {
    tree.properties().forEach(one -> take(one.getKey(), one.getValue()));
    if (!formatTold) {
      losses.part(NAME, BundleWords.NO_FORMAT, Manifest.FORMAT);
    } else if (format > Manifest.FORMAT) {
      losses.part(NAME, BundleWords.NEWER, format, Manifest.FORMAT);
    }
    return new Manifest(
        format,
        holter,
        time("collectedAt", collected),
        time("engineTime", engine),
        time("logsFrom", logsFrom),
        zone,
        topic,
        told,
        notAsked,
        brokers);
  }

  private void take(String key, JsonNode value) {
    switch (key) {
      case "format" -> {
        formatTold = value.isInt() && value.asInt() > 0;
        format = formatTold ? value.asInt() : Manifest.FORMAT;
      }
      case "holter" -> holter = value.asText("");
      case "collectedAt" -> collected = value;
      case "engineTime" -> engine = value;
      case "logsFrom" -> logsFrom = value;
      case "zone" -> zone(value.asText(""));
      case "topic" -> topic = value.asText("").isEmpty() ? topic : value.asText("");
      case "told" -> told = value.asText("");
      case "notAsked" -> notAsked = texts(value);
      case "brokers" -> value.properties().forEach(b -> broker(b.getKey(), b.getValue()));
      default -> losses.part(NAME, BundleWords.UNKNOWN_KEY, key);
    }
  }

  private void zone(String text) {
    try {
      zone = ZoneId.of(text);
    } catch (DateTimeException unknown) {
      losses.part(NAME, BundleWords.BAD_VALUE, "zone", text);
    }
  }

  private void broker(String id, JsonNode address) {
    if (id.matches("\\d{1,9}") && !address.asText("").isEmpty()) {
      brokers.put(Integer.valueOf(id), address.asText(""));
    } else {
      losses.part(NAME, BundleWords.BAD_VALUE, "brokers", id);
    }
  }

  /** Milliseconds, an instant with an offset, or a local time in the bundle's zone. */
  private long time(String key, JsonNode value) {
    if (value.isNull()) {
      return -1;
    }
    if (value.isIntegralNumber() && value.asLong() > 0) {
      return value.asLong();
    }
    String text = value.asText("").strip();
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException noOffset) {
      try {
        return LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant().toEpochMilli();
      } catch (DateTimeException | ArithmeticException noTime) {
        losses.part(NAME, BundleWords.BAD_VALUE, key, text);
        return -1;
      }
    } catch (ArithmeticException outOfRange) {
      losses.part(NAME, BundleWords.BAD_VALUE, key, text);
      return -1;
    }
  }

  private static List<String> texts(JsonNode value) {
    var texts = new ArrayList<String>();
    value.forEach(one -> texts.add(one.asText("")));
    return texts;
  }

  /** A parser's message has the file's text in it, over many lines. */
  static String reason(Exception failure) {
    String message = failure instanceof JacksonException json ? json.getOriginalMessage() : null;
    return message == null
        ? Unanswered.reason(failure).english()
        : message.lines().findFirst().orElse("");
  }

  /** As a file; a broker's {@code host:port} and times as people write them. */
  static String write(Manifest manifest) throws IOException {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("format", manifest.format());
    keys.put("holter", manifest.holter());
    keys.put("collectedAt", text(manifest.collectedWallMs(), manifest.zone()));
    keys.put("engineTime", text(manifest.engineMs(), manifest.zone()));
    if (manifest.logsFromWallMs() > 0) {
      keys.put("logsFrom", text(manifest.logsFromWallMs(), manifest.zone()));
    }
    keys.put("zone", manifest.zone().getId());
    keys.put("topic", manifest.topic());
    keys.put("told", manifest.told());
    keys.put("notAsked", manifest.notAsked());
    keys.put("brokers", manifest.brokers());
    return YAML.writeValueAsString(keys);
  }

  private static String text(long ms, ZoneId zone) {
    return Instant.ofEpochMilli(ms).atZone(zone).toOffsetDateTime().toString();
  }
}
