package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The objects, and what became of them: each write gives a version greater than every one before,
 * of whatever kind, and a change that watches hear. Keeps the last {@value #CHANGES_MAX} changes.
 * Thread-safe; gives and takes copies.
 */
final class ObjectStore {
  private static final int CHANGES_MAX = 10_000;

  /** A real server is never at its first versions when anybody asks. */
  private static final long FIRST_VERSION = 1_000;

  private static final long GRACE_S = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Kind, Map<String, ObjectNode>> objects = new EnumMap<>(Kind.class);
  private final Deque<Change> changes = new ArrayDeque<>();
  private long version = FIRST_VERSION;
  private long forgottenThrough = FIRST_VERSION;

  /**
   * One write.
   *
   * @param before null when it was made
   * @param after null when it was removed; then {@code last} is its last state
   */
  record Change(
      long version,
      Kind kind,
      @Nullable ObjectNode before,
      @Nullable ObjectNode after,
      ObjectNode last) {}

  /** Objects as of a version. */
  record Listed(List<ObjectNode> items, long version) {}

  /**
   * What must hold of an object for it to be deleted.
   *
   * @param uid empty for any
   * @param version empty for any
   * @param graceS of a pod; −1: as the pod has it
   */
  record Deletion(String uid, String version, long graceS) {}

  ObjectStore() {
    for (Kind kind : Kind.values()) {
      objects.put(kind, new TreeMap<>());
    }
  }

  private Map<String, ObjectNode> of(Kind kind) {
    Map<String, ObjectNode> found = objects.get(kind);
    if (found == null) throw new IllegalStateException("no " + kind);
    return found;
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode meta(ObjectNode object) {
    return object.withObjectProperty("metadata");
  }

  private ObjectNode found(Kind kind, String namespace, String name) {
    ObjectNode found = of(kind).get(key(namespace, name));
    if (found == null) throw Refusal.notFound(kind, name);
    return found;
  }

  synchronized ObjectNode get(Kind kind, String namespace, String name) {
    return found(kind, namespace, name).deepCopy();
  }

  /**
   * @param namespace empty: of all
   */
  synchronized Listed list(Kind kind, String namespace) {
    List<ObjectNode> items = new ArrayList<>();
    of(kind)
        .forEach(
            (key, object) -> {
              if (namespace.isEmpty() || key.startsWith(namespace + "/")) {
                items.add(object.deepCopy());
              }
            });
    return new Listed(items, version);
  }

  synchronized ObjectNode create(Kind kind, String namespace, ObjectNode given) {
    ObjectNode object = given.deepCopy();
    Rules.created(kind, object);
    String name = meta(object).path("name").asText();
    if (!meta(object).path("resourceVersion").asText().isEmpty()) {
      throw Refusal.bad("resourceVersion should not be set on objects to be created");
    }
    if (of(kind).containsKey(key(namespace, name))) {
      throw Refusal.exists(kind, name);
    }
    object.put("apiVersion", kind.apiVersion()).put("kind", kind.word());
    meta(object).put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now());
    if (kind.namespaced()) {
      meta(object).put("namespace", namespace);
    }
    if (kind == Kind.POD) {
      meta(object).put("generation", 1);
      object.putObject("status").put("phase", "Pending");
    }
    return write(kind, null, object);
  }

  synchronized ObjectNode update(Kind kind, String namespace, String name, ObjectNode given) {
    if (kind == Kind.LEASE && !of(kind).containsKey(key(namespace, name))) {
      return createdByUpdate(namespace, name, given);
    }
    ObjectNode before = found(kind, namespace, name);
    ObjectNode object = given.deepCopy();
    Rules.updated(kind, before, object);
    String told = meta(object).path("resourceVersion").asText();
    if (!told.isEmpty() && !told.equals(meta(before).path("resourceVersion").asText())) {
      throw Refusal.conflict(
          kind,
          name,
          "the object has been modified; please apply your changes to the latest version and try"
              + " again");
    }
    for (String kept : List.of("uid", "creationTimestamp", "generation", "deletionTimestamp")) {
      JsonNode value = meta(before).get(kept);
      if (value != null) meta(object).set(kept, value);
    }
    if (before.has("status")) {
      object.set("status", before.get("status")); // it has a path of its own
    }
    return write(kind, before, object);
  }

  /** A Lease is made by an update too, unless that is of one that was there. */
  private ObjectNode createdByUpdate(String namespace, String name, ObjectNode given) {
    String uid = given.path("metadata").path("uid").asText();
    if (!uid.isEmpty()) {
      throw Refusal.conflict(
          Kind.LEASE,
          name,
          "Precondition failed: UID in precondition: " + uid + ", UID in object meta: ");
    }
    return create(Kind.LEASE, namespace, given);
  }

  /** Changes an object from the inside, as a kubelet or a controller does. */
  synchronized ObjectNode change(
      Kind kind, String namespace, String name, Consumer<ObjectNode> how) {
    ObjectNode before = found(kind, namespace, name);
    ObjectNode object = before.deepCopy();
    how.accept(object);
    return write(kind, before, object);
  }

  /** Deletes it, or for a pod that runs somewhere begins to. */
  synchronized ObjectNode delete(Kind kind, String namespace, String name, Deletion how) {
    ObjectNode before = found(kind, namespace, name);
    String uid = meta(before).path("uid").asText();
    String at = meta(before).path("resourceVersion").asText();
    if (!how.uid().isEmpty() && !how.uid().equals(uid)) {
      throw Refusal.conflict(
          kind,
          name,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(how.uid(), uid));
    }
    if (!how.version().isEmpty() && !how.version().equals(at)) {
      throw Refusal.conflict(
          kind,
          name,
          "Precondition failed: ResourceVersion in precondition: %s, ResourceVersion in object"
                  .formatted(how.version())
              + " meta: "
              + at);
    }
    long graceS = kind == Kind.POD ? grace(before, how.graceS()) : 0;
    if (graceS == 0) {
      of(kind).remove(key(namespace, name));
      ObjectNode last = before.deepCopy();
      stamp(last);
      tell(new Change(version, kind, before, null, last));
      return last.deepCopy();
    }
    long standing = meta(before).path("deletionGracePeriodSeconds").asLong(Long.MAX_VALUE);
    if (standing <= graceS) {
      return before.deepCopy(); // a grace may be shortened, never lengthened
    }
    ObjectNode object = before.deepCopy();
    meta(object)
        .put(
            "deletionTimestamp",
            Instant.now().plusSeconds(graceS).toString().substring(0, 19) + "Z")
        .put("deletionGracePeriodSeconds", graceS)
        .put("generation", meta(before).path("generation").asLong() + 1);
    return write(kind, before, object);
  }

  private static long grace(ObjectNode pod, long asked) {
    String phase = pod.path("status").path("phase").asText();
    if (pod.path("spec").path("nodeName").asText().isEmpty()
        || phase.equals("Succeeded")
        || phase.equals("Failed")) {
      return 0; // no kubelet has anything to stop
    }
    return asked >= 0
        ? asked
        : pod.path("spec").path("terminationGracePeriodSeconds").asLong(GRACE_S);
  }

  private void stamp(ObjectNode object) {
    version++;
    meta(object).put("resourceVersion", Long.toString(version));
  }

  private ObjectNode write(Kind kind, @Nullable ObjectNode before, ObjectNode after) {
    stamp(after);
    String namespace = meta(after).path("namespace").asText();
    of(kind).put(key(namespace, meta(after).path("name").asText()), after);
    tell(new Change(version, kind, before, after, after));
    return after.deepCopy();
  }

  private void tell(Change change) {
    changes.addLast(change);
    if (changes.size() > CHANGES_MAX) {
      forgottenThrough = changes.removeFirst().version();
    }
    notifyAll();
  }

  /** Forgets all changes so far, as a compaction does. */
  synchronized void compact() {
    changes.clear();
    forgottenThrough = version;
  }

  synchronized long version() {
    return version;
  }

  /**
   * The changes after a version; waits for the first one.
   *
   * @throws Refusal 410 when some of them are forgotten
   */
  synchronized List<Change> after(long seen, long waitMs) throws InterruptedException {
    long endNs = System.nanoTime() + waitMs * 1_000_000;
    while (true) {
      if (seen < forgottenThrough) {
        throw Refusal.gone(seen, forgottenThrough);
      }
      List<Change> news = changes.stream().filter(each -> each.version() > seen).toList();
      long leftMs = (endNs - System.nanoTime()) / 1_000_000;
      if (!news.isEmpty() || leftMs <= 0) {
        return news;
      }
      wait(leftMs);
    }
  }

  /** Waits until there is a later version than the one seen, or the time is over. */
  synchronized void changed(long seen, long waitMs) throws InterruptedException {
    long endNs = System.nanoTime() + waitMs * 1_000_000;
    for (long leftMs = waitMs; version == seen && leftMs > 0; ) {
      wait(leftMs);
      leftMs = (endNs - System.nanoTime()) / 1_000_000;
    }
  }

  static ObjectMapper json() {
    return JSON;
  }
}
