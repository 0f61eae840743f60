package holter.lab.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The two forms of an event: {@code v1}, in which it is kept, and {@code events.k8s.io/v1}. */
public final class EventForms {
  /** The new form's group and version. */
  public static final String NEW = "events.k8s.io/v1";

  private static final Map<String, String> OLD_OF_NEW =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  private EventForms() {}

  /**
   * @throws Refusal 422 when it has no date
   */
  public static ObjectNode old(ObjectNode event) {
    ObjectNode old = Json.object();
    for (Map.Entry<String, JsonNode> field : event.properties()) {
      old.set(OLD_OF_NEW.getOrDefault(field.getKey(), field.getKey()), field.getValue());
    }
    if (!old.hasNonNull("eventTime")) {
      throw Refusal.invalid(Kind.EVENT, Json.name(event), "eventTime: Required value");
    }
    return old;
  }

  public static ObjectNode young(ObjectNode event) {
    ObjectNode young = event.deepCopy();
    OLD_OF_NEW.forEach(
        (name, old) -> {
          JsonNode value = young.remove(old);
          if (value != null) young.set(name, value);
        });
    return young.put("apiVersion", NEW);
  }

  /** A selector of the new form's fields, in the old form's words. */
  public static String selector(String text) {
    return text.replace("regarding.", "involvedObject.")
        .replace("reportingController", "reportingComponent");
  }
}
