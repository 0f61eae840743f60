package holter.lab.kube.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kubernetes objects as trees: the few words that all of them share. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
          .withZone(java.time.ZoneOffset.UTC);

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * @throws Refusal 400 when it is no JSON
   */
  public static JsonNode parsed(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (java.io.IOException garbled) {
      throw Refusal.bad("couldn't get version/kind; json parse error");
    }
  }

  public static JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException garbled) {
      throw Refusal.bad("couldn't get version/kind; json parse error");
    }
  }

  public static byte[] bytes(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The metadata, to be written to. */
  public static ObjectNode meta(ObjectNode object) {
    return object.withObjectProperty("metadata");
  }

  public static String meta(JsonNode object, String field) {
    return object.path("metadata").path(field).asText();
  }

  public static String name(JsonNode object) {
    return meta(object, "name");
  }

  public static String namespace(JsonNode object) {
    return meta(object, "namespace");
  }

  public static String uid(JsonNode object) {
    return meta(object, "uid");
  }

  /** Is it on its way out? */
  public static boolean leaving(JsonNode object) {
    return object.path("metadata").has("deletionTimestamp");
  }

  /** The owner that controls it; missing when nobody does. */
  public static JsonNode controller(JsonNode object) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  /** A condition of the status; missing when there is none of the type. */
  public static JsonNode condition(JsonNode object, String type) {
    for (JsonNode each : object.path("status").path("conditions")) {
      if (each.path("type").asText().equals(type)) {
        return each;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  /** True, False, Unknown, or empty when there is none of the type. */
  public static String conditionStatus(JsonNode object, String type) {
    return condition(object, type).path("status").asText();
  }

  /**
   * Sets a condition; its transition is dated when the status changes.
   *
   * @return the condition, for what else it tells
   */
  public static ObjectNode condition(ObjectNode object, String type, String status, String reason) {
    ArrayNode all = object.withObjectProperty("status").withArrayProperty("conditions");
    ObjectNode found = null;
    for (JsonNode each : all) {
      if (each instanceof ObjectNode condition && condition.path("type").asText().equals(type)) {
        found = condition;
      }
    }
    if (found == null) {
      found = all.addObject().put("type", type);
    }
    if (!found.path("status").asText().equals(status)) {
      found.put("lastTransitionTime", now());
    }
    return found.put("status", status).put("reason", reason);
  }

  /** Now, in seconds, as most objects date. */
  public static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Now, as Leases and new Events date. */
  public static String nowMicros() {
    return MICROS.format(Instant.now());
  }

  /** The age of what a date says, in seconds; NaN when it says nothing. */
  public static double ageS(@Nullable String date) {
    if (date == null || date.isEmpty()) {
      return Double.NaN;
    }
    return (System.currentTimeMillis() - Instant.parse(date).toEpochMilli()) / 1000.0;
  }

  /** A reference by which an object is owned and controlled. */
  public static void own(ObjectNode object, Kind kind, JsonNode owner) {
    meta(object)
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", kind.apiVersion())
        .put("kind", kind.word())
        .put("name", name(owner))
        .put("uid", uid(owner))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }

  /** Those that an owner controls. */
  public static List<ObjectNode> controlled(List<ObjectNode> all, JsonNode owner) {
    String uid = uid(owner);
    return all.stream().filter(o -> controller(o).path("uid").asText().equals(uid)).toList();
  }
}
