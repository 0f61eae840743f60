package holter.lab.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The objects: each write gives a version greater than every one before, of whatever kind, and a
 * change that watches hear; a write that changes nothing is none. Of events the last {@value
 * #EVENTS_MAX} are kept. Thread-safe; gives and takes copies.
 */
public final class ObjectStore {
  private static final int EVENTS_MAX = 2_000;

  /** A real server is never at its first versions when anybody asks. */
  private static final long FIRST_VERSION = 1_000;

  private static final Set<String> KEPT =
      Set.of(
          "name",
          "namespace",
          "uid",
          "creationTimestamp",
          "generation",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields");

  private final Map<Kind, Map<String, ObjectNode>> objects = new EnumMap<>(Kind.class);
  private final Changes changes = new Changes(FIRST_VERSION);

  /** Objects as of a version. */
  public record Listed(List<ObjectNode> items, long version) {}

  public ObjectStore() {
    for (Kind kind : Kind.values()) {
      objects.put(kind, kind == Kind.EVENT ? new LinkedHashMap<>() : new TreeMap<>());
    }
    for (String name : List.of("default", "kube-system", "kube-node-lease")) {
      ObjectNode namespace = Json.object();
      Json.meta(namespace).put("name", name);
      create(Kind.NAMESPACE, "", namespace, Writer.inside("kube-apiserver"));
    }
  }

  /** What was written. */
  public Changes changes() {
    return changes;
  }

  private Map<String, ObjectNode> of(Kind kind) {
    Map<String, ObjectNode> found = objects.get(kind);
    if (found == null) throw new IllegalStateException("no " + kind);
    return found;
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  private ObjectNode found(Kind kind, String namespace, String name) {
    ObjectNode found = of(kind).get(key(namespace, name));
    if (found == null) throw Refusal.notFound(kind, name);
    return found;
  }

  /** Several reads and writes as one. */
  public synchronized <T> T atomically(Supplier<T> several) {
    return several.get();
  }

  public synchronized ObjectNode get(Kind kind, String namespace, String name) {
    return found(kind, namespace, name).deepCopy();
  }

  /**
   * All of a kind without copying, for controllers, which only read what this gives.
   *
   * @return objects that are never changed after they were written
   */
  public synchronized List<ObjectNode> peek(Kind kind) {
    return List.copyOf(of(kind).values());
  }

  /**
   * @param namespace empty: of all
   */
  public synchronized Listed list(Kind kind, String namespace) {
    List<ObjectNode> items = new ArrayList<>();
    of(kind)
        .forEach(
            (key, object) -> {
              if (namespace.isEmpty() || key.startsWith(namespace + "/")) {
                items.add(object.deepCopy());
              }
            });
    return new Listed(items, changes.version());
  }

  /** Makes an object. */
  public synchronized ObjectNode create(
      Kind kind, String namespace, ObjectNode given, Writer writer) {
    ObjectNode object = given.deepCopy();
    ObjectNode meta = Json.meta(object);
    if (!meta.path("resourceVersion").asText().isEmpty()) {
      throw Refusal.bad("resourceVersion should not be set on objects to be created");
    }
    if (meta.path("name").asText().isEmpty() && meta.has("generateName")) {
      String random = UUID.randomUUID().toString();
      meta.put("name", meta.path("generateName").asText() + random.substring(0, 5));
    }
    object.put("apiVersion", kind.apiVersion()).put("kind", kind.word());
    Defaults.created(kind, object);
    Rules.created(kind, object);
    String name = Json.name(object);
    if (kind.namespaced() && !of(Kind.NAMESPACE).containsKey(key("", namespace))) {
      throw Refusal.notFound(Kind.NAMESPACE, namespace);
    }
    if (of(kind).containsKey(key(namespace, name))) {
      throw Refusal.exists(kind, name);
    }
    meta.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", Json.now());
    if (kind.namespaced()) {
      meta.put("namespace", namespace);
    }
    if (kind.counted()) {
      meta.put("generation", 1);
    }
    if (kind.hasStatus() && writer.part() != Writer.Part.ALL) {
      object.remove("status"); // it has a path of its own
    }
    if (kind == Kind.POD) {
      object.withObjectProperty("status").put("phase", "Pending").put("qosClass", "Burstable");
    }
    FieldOwners.mark(kind, null, object, writer);
    return writer.dryRun() ? object : write(kind, null, object);
  }

  /**
   * Changes an object.
   *
   * @param how gives what it shall be, out of a copy of what it is
   * @throws Refusal 409 when that is of an older version than the object
   */
  public synchronized ObjectNode edit(
      Kind kind, String namespace, String name, Writer writer, UnaryOperator<ObjectNode> how) {
    ObjectNode before = found(kind, namespace, name);
    ObjectNode object = how.apply(before.deepCopy()).deepCopy();
    object.put("apiVersion", kind.apiVersion()).put("kind", kind.word());
    current(kind, before, object);
    keep(kind, before, object, writer.part());
    Defaults.of(kind, object);
    if (writer.part() == Writer.Part.OBJECT) {
      Rules.updated(kind, before, object);
    }
    if (kind.counted() && !object.path("spec").equals(before.path("spec"))) {
      Json.meta(object).put("generation", before.at("/metadata/generation").asLong() + 1);
    }
    if (object.equals(before)) {
      return before.deepCopy();
    }
    FieldOwners.mark(kind, before, object, writer);
    return writer.dryRun() ? object : write(kind, before, object);
  }

  private static void current(Kind kind, ObjectNode before, ObjectNode given) {
    String uid = Json.uid(given);
    if (!uid.isEmpty() && !uid.equals(Json.uid(before))) {
      throw Refusal.conflict(
          kind,
          Json.name(before),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, Json.uid(before)));
    }
    String told = Json.meta(given, "resourceVersion");
    if (!told.isEmpty() && !told.equals(Json.meta(before, "resourceVersion"))) {
      throw Refusal.conflict(
          kind,
          Json.name(before),
          "the object has been modified; please apply your changes to the latest version and try"
              + " again");
    }
    if (told.isEmpty() && (kind == Kind.LEASE || kind == Kind.BUDGET)) {
      throw Refusal.invalid( // the other kinds may be updated unconditionally
          kind,
          Json.name(before),
          "metadata.resourceVersion: Invalid value: 0: must be specified for an update");
    }
  }

  /** What a write has no say in stays as it was. */
  private static void keep(Kind kind, ObjectNode before, ObjectNode object, Writer.Part part) {
    ObjectNode meta = Json.meta(object);
    for (String kept : KEPT) {
      JsonNode value = before.path("metadata").get(kept);
      if (value == null) {
        meta.remove(kept);
      } else {
        meta.set(kept, value.deepCopy());
      }
    }
    meta.put("resourceVersion", Json.meta(before, "resourceVersion"));
    if (part == Writer.Part.OBJECT && kind.hasStatus()) {
      copy(before, object, "status");
    } else if (part == Writer.Part.STATUS) {
      object.set("metadata", before.path("metadata").deepCopy());
      copy(before, object, "spec");
    }
  }

  private static void copy(ObjectNode from, ObjectNode to, String field) {
    if (from.has(field)) {
      to.set(field, from.get(field).deepCopy());
    } else {
      to.remove(field);
    }
  }

  /** Changes an object from the inside, spec and status alike, as a controller does. */
  public ObjectNode change(
      Kind kind, String namespace, String name, String manager, Consumer<ObjectNode> how) {
    return edit(
        kind,
        namespace,
        name,
        Writer.inside(manager),
        object -> {
          how.accept(object);
          return object;
        });
  }

  /** Deletes it, or for a pod that runs somewhere begins to. */
  public synchronized ObjectNode delete(Kind kind, String namespace, String name, Deletion how) {
    ObjectNode before = found(kind, namespace, name);
    how.check(kind, before);
    long graceS = kind == Kind.POD ? how.grace(before) : 0;
    long standing = before.at("/metadata/deletionGracePeriodSeconds").asLong(Long.MAX_VALUE);
    if (how.dryRun() || (graceS > 0 && standing <= graceS)) {
      return before.deepCopy(); // a grace may be shortened, never lengthened
    }
    if (graceS == 0) {
      of(kind).remove(key(namespace, name));
      ObjectNode last = before.deepCopy();
      long at = stamp(last);
      changes.add(new Changes.Change(at, kind, before, null, last));
      return last.deepCopy();
    }
    ObjectNode object = before.deepCopy();
    Json.meta(object)
        .put(
            "deletionTimestamp",
            Instant.now().plusSeconds(graceS).toString().substring(0, 19) + "Z")
        .put("deletionGracePeriodSeconds", graceS)
        .put("generation", before.at("/metadata/generation").asLong() + 1);
    return write(kind, before, object);
  }

  private long stamp(ObjectNode object) {
    long version = changes.next();
    Json.meta(object).put("resourceVersion", Long.toString(version));
    return version;
  }

  private ObjectNode write(Kind kind, @Nullable ObjectNode before, ObjectNode after) {
    long version = stamp(after);
    Map<String, ObjectNode> all = of(kind);
    all.put(key(Json.namespace(after), Json.name(after)), after);
    if (kind == Kind.EVENT && all.size() > EVENTS_MAX) {
      all.remove(all.keySet().iterator().next());
    }
    changes.add(new Changes.Change(version, kind, before, after, after));
    return after.deepCopy();
  }
}
