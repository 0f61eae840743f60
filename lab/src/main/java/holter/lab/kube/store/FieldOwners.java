package holter.lab.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes down who changed which field last and when ({@code managedFields}), for nodes and
 * Deployments, of labels, annotations and spec. A list counts as one field.
 */
final class FieldOwners {
  private static final Set<Kind> MARKED = Set.of(Kind.NODE, Kind.DEPLOYMENT);

  private FieldOwners() {}

  static void mark(Kind kind, @Nullable ObjectNode before, ObjectNode after, Writer writer) {
    if (!MARKED.contains(kind) || writer.part() == Writer.Part.STATUS) {
      return;
    }
    ObjectNode was = before == null ? Json.object() : fields(before);
    ObjectNode is = fields(after);
    ObjectNode mine = changed(was, is);
    ArrayNode entries = Json.meta(after).withArrayProperty("managedFields");
    ObjectNode own = null;
    for (Iterator<JsonNode> each = entries.iterator(); each.hasNext(); ) {
      if (!(each.next() instanceof ObjectNode entry)) continue;
      ObjectNode owned = entry.withObjectProperty("fieldsV1");
      without(owned, mine, is);
      if (entry.path("manager").asText().equals(writer.manager())) {
        own = entry;
      } else if (owned.isEmpty()) {
        each.remove();
      }
    }
    if (!mine.isEmpty()) {
      ObjectNode entry = own == null ? entries.addObject() : own;
      entry
          .put("manager", writer.manager())
          .put("operation", "Update")
          .put("apiVersion", kind.apiVersion())
          .put("time", Json.now())
          .put("fieldsType", "FieldsV1");
      add(entry.withObjectProperty("fieldsV1"), mine);
    }
    if (entries.isEmpty()) Json.meta(after).remove("managedFields");
  }

  private static ObjectNode fields(ObjectNode object) {
    ObjectNode fields = Json.object();
    for (String part : Set.of("labels", "annotations")) {
      if (object.path("metadata").path(part) instanceof ObjectNode found) {
        fields.withObjectProperty("metadata").set(part, found.deepCopy());
      }
    }
    if (object.path("spec") instanceof ObjectNode spec) {
      fields.set("spec", spec.deepCopy());
    }
    return fields;
  }

  /** The fields of {@code is} that are not so in {@code was}, as {@code f:} trees. */
  private static ObjectNode changed(JsonNode was, ObjectNode is) {
    ObjectNode changed = Json.object();
    for (Map.Entry<String, JsonNode> field : is.properties()) {
      JsonNode value = field.getValue();
      JsonNode old = was.path(field.getKey());
      if (value instanceof ObjectNode inner && !inner.isEmpty()) {
        ObjectNode below = changed(old, inner);
        if (!below.isEmpty()) changed.set("f:" + field.getKey(), below);
      } else if (!value.equals(old)) {
        changed.putObject("f:" + field.getKey());
      }
    }
    return changed;
  }

  /** Takes from an owner what another has changed, and what is no longer there. */
  private static void without(ObjectNode owned, JsonNode taken, JsonNode is) {
    for (Iterator<Map.Entry<String, JsonNode>> each = owned.properties().iterator();
        each.hasNext(); ) {
      Map.Entry<String, JsonNode> field = each.next();
      JsonNode value = is.path(field.getKey().substring(2));
      JsonNode lost = taken.path(field.getKey());
      if (value.isMissingNode() || (lost.isObject() && lost.isEmpty())) {
        each.remove();
      } else if (field.getValue() instanceof ObjectNode below && !below.isEmpty()) {
        without(below, lost, value);
        if (below.isEmpty()) each.remove();
      }
    }
  }

  private static void add(ObjectNode owned, ObjectNode more) {
    for (Map.Entry<String, JsonNode> field : more.properties()) {
      if (owned.path(field.getKey()) instanceof ObjectNode below
          && field.getValue() instanceof ObjectNode inner) {
        add(below, inner);
      } else {
        owned.set(field.getKey(), field.getValue().deepCopy());
      }
    }
  }
}
