package holter.lab.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.Map;

/** The three forms of a patch. Server-side apply is not known. */
public final class Patches {
  private static final tools.jackson.databind.ObjectMapper THREE =
      new tools.jackson.databind.ObjectMapper();

  /** Lists whose items have a name, and are merged one by one. */
  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("conditions", "type"),
          Map.entry("addresses", "type"),
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("env", "name"),
          Map.entry("volumes", "name"),
          Map.entry("ownerReferences", "uid"),
          Map.entry("ports", "containerPort"),
          Map.entry("podIPs", "ip"),
          Map.entry("hostIPs", "ip"),
          Map.entry("topologySpreadConstraints", "topologyKey"));

  private Patches() {}

  /**
   * What a patch makes of an object.
   *
   * @throws Refusal 415 for another form, 400 when it cannot be read, 422 when it cannot be applied
   */
  public static ObjectNode apply(String contentType, ObjectNode object, JsonNode patch) {
    String form = contentType.replaceFirst(";.*", "").strip();
    JsonNode patched =
        switch (form) {
          case "application/json-patch+json" -> steps(object, patch);
          case "application/merge-patch+json" -> merge(object, fields(patch));
          case "application/strategic-merge-patch+json" -> strategic(object, fields(patch));
          default -> throw Refusal.mediaType(form);
        };
    if (patched instanceof ObjectNode result) return result;
    throw Refusal.invalid("the patch leaves no object");
  }

  private static ObjectNode fields(JsonNode patch) {
    if (patch instanceof ObjectNode object) return object;
    throw Refusal.bad("the patch is no object");
  }

  private static JsonNode steps(ObjectNode object, JsonNode patch) {
    if (!patch.isArray()) {
      throw Refusal.bad("the patch is no list of operations");
    }
    var now = THREE.readTree(object.toString());
    try {
      for (JsonNode step : patch) {
        var only = THREE.createArrayNode();
        only.add(THREE.readTree(step.toString()));
        if (step.path("op").asText().equals("remove")
            && now.at(step.path("path").asText()).isMissingNode()) {
          throw Refusal.invalid("remove operation does not apply: " + step.path("path").asText());
        }
        now = JsonPatch.apply(only, now);
      }
    } catch (JsonPatchException | IllegalArgumentException refused) {
      throw Refusal.invalid(
          "the server rejected our request due to an error in our request: "
              + refused.getMessage());
    }
    return Json.parsed(now.toString());
  }

  /** RFC 7386. */
  private static ObjectNode merge(JsonNode target, ObjectNode patch) {
    ObjectNode result = target instanceof ObjectNode object ? object : Json.object();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else if (field.getValue() instanceof ObjectNode below) {
        result.set(field.getKey(), merge(result.path(field.getKey()), below));
      } else {
        result.set(field.getKey(), field.getValue());
      }
    }
    return result;
  }

  private static ObjectNode strategic(JsonNode target, ObjectNode patch) {
    ObjectNode result = target instanceof ObjectNode object ? object : Json.object();
    if (patch.path("$patch").asText().equals("replace")) {
      ObjectNode only = patch.deepCopy();
      only.remove("$patch");
      return only;
    }
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (name.startsWith("$")) {
        continue; // the order of items is not kept
      }
      String key = NAMED.get(name);
      if (value.isNull() || value.path("$patch").asText().equals("delete")) {
        result.remove(name);
      } else if (value instanceof ObjectNode below) {
        result.set(name, strategic(result.path(name), below));
      } else if (key != null && value instanceof ArrayNode items) {
        result.set(name, items(result.path(name), items, key));
      } else {
        result.set(name, value);
      }
    }
    return result;
  }

  private static ArrayNode items(JsonNode target, ArrayNode patch, String key) {
    ArrayNode result = target instanceof ArrayNode array ? array : Json.object().putArray("items");
    for (JsonNode item : patch) {
      if (item.path("$patch").asText().equals("replace")) {
        result.removeAll();
        continue;
      }
      int at = 0;
      while (at < result.size() && !result.path(at).path(key).equals(item.path(key))) {
        at++;
      }
      boolean there = at < result.size();
      if (item.path("$patch").asText().equals("delete")) {
        if (there) result.remove(at);
      } else if (item instanceof ObjectNode fields) {
        ObjectNode merged = strategic(result.path(at), fields);
        if (there) {
          result.set(at, merged);
        } else {
          result.add(merged);
        }
      }
    }
    return result;
  }
}
