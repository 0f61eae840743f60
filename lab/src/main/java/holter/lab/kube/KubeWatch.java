package holter.lab.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import holter.lab.kube.store.Changes;
import holter.lab.kube.store.EventForms;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.ObjectStore;
import holter.lab.kube.store.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Serves watches: one JSON line per event, from a version on, without gaps. Thread-safe. */
final class KubeWatch {
  /** A real server ends a watch after half an hour and more; nobody here waits so long. */
  private static final long TIMEOUT_S = 1_800;

  /** How often a quiet watch says up to where it has come. */
  private static final long BOOKMARK_MS = 1_000;

  private final ObjectStore store;
  private final Set<Thread> serving = ConcurrentHashMap.newKeySet();

  KubeWatch(ObjectStore store) {
    this.store = store;
  }

  /** Cuts every watch, as a server that goes down does. */
  void cut() {
    serving.forEach(Thread::interrupt);
  }

  void serve(HttpExchange exchange, Target target, Parameters asked, Predicate<JsonNode> wanted)
      throws IOException {
    long endNs = System.nanoTime() + asked.number("timeoutSeconds", TIMEOUT_S) * 1_000_000_000;
    boolean bookmarks = asked.of("allowWatchBookmarks").equals("true");
    long seen = asked.number("resourceVersion", 0);
    List<ObjectNode> initial = List.of();
    if (seen == 0) {
      ObjectStore.Listed now = store.list(target.kind(), target.namespace());
      initial = now.items().stream().filter(wanted).toList();
      seen = now.version();
    }
    exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    serving.add(Thread.currentThread());
    try {
      for (ObjectNode object : initial) {
        event(out, "ADDED", formed(target, object));
      }
      while (System.nanoTime() - endNs < 0) {
        long leftMs = Math.max(1, (endNs - System.nanoTime()) / 1_000_000);
        List<Changes.Change> news = store.changes().after(seen, Math.min(BOOKMARK_MS, leftMs));
        for (Changes.Change change : news) {
          seen = change.version();
          if (concerns(change, target)) {
            tell(out, target, change, wanted);
          }
        }
        if (bookmarks && news.isEmpty()) {
          bookmark(out, target, seen);
        }
      }
    } catch (Refusal gone) {
      event(out, "ERROR", gone.status());
    } catch (InterruptedException cut) {
      exchange.close(); // in the middle of it, without the last chunk
    } finally {
      serving.remove(Thread.currentThread());
    }
  }

  private static boolean concerns(Changes.Change change, Target target) {
    String namespace = change.last().path("metadata").path("namespace").asText();
    return change.kind() == target.kind()
        && (target.namespace().isEmpty() || target.namespace().equals(namespace));
  }

  /** An object that comes to match is told as added, one that ceases to as deleted. */
  private static void tell(
      OutputStream out, Target target, Changes.Change change, Predicate<JsonNode> wanted)
      throws IOException {
    ObjectNode was = change.before();
    ObjectNode is = change.after();
    boolean before = was != null && wanted.test(was);
    boolean after = is != null && wanted.test(is);
    if (after) {
      event(out, before ? "MODIFIED" : "ADDED", formed(target, change.last()));
    } else if (before) {
      event(out, "DELETED", formed(target, change.last()));
    }
  }

  private static ObjectNode formed(Target target, ObjectNode object) {
    return target.young() ? EventForms.young(object) : object;
  }

  private static void bookmark(OutputStream out, Target target, long version) throws IOException {
    ObjectNode object =
        Json.object().put("kind", target.kind().word()).put("apiVersion", target.apiVersion());
    object.putObject("metadata").put("resourceVersion", Long.toString(version));
    event(out, "BOOKMARK", object);
  }

  private static void event(OutputStream out, String type, ObjectNode object) throws IOException {
    ObjectNode line = Json.object().put("type", type);
    line.set("object", object);
    out.write((line + "\n").getBytes(UTF_8));
    out.flush();
  }
}
