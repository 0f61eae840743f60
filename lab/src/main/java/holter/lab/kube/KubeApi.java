package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Answers requests as the real API server does; watches are {@link KubeWatch}'s. */
final class KubeApi {
  private static final int BODY_BYTES_MAX = 3 << 20;
  private static final String NAMESPACES = "/namespaces/";

  private final ObjectStore store;
  private final KubeWatch watches;

  KubeApi(ObjectStore store, KubeWatch watches) {
    this.store = store;
    this.watches = watches;
  }

  /**
   * What a path names.
   *
   * @param namespace empty: all
   * @param name empty: the collection
   */
  record Target(Kind kind, String namespace, String name) {
    static Target of(String path) {
      for (Kind kind : Kind.values()) {
        if (!path.startsWith(kind.root() + "/")) {
          continue;
        }
        String rest = path.substring(kind.root().length());
        String namespace = "";
        if (kind.namespaced() && rest.startsWith(NAMESPACES)) {
          int end = rest.indexOf('/', NAMESPACES.length());
          if (end < 0) continue;
          namespace = rest.substring(NAMESPACES.length(), end);
          rest = rest.substring(end);
        }
        if (rest.equals("/" + kind.plural())) {
          return new Target(kind, namespace, "");
        }
        if (rest.startsWith("/" + kind.plural() + "/")) {
          String name = rest.substring(kind.plural().length() + 2);
          if (!name.contains("/")) return new Target(kind, namespace, name);
        }
      }
      throw Refusal.noSuchPath();
    }
  }

  void handle(HttpExchange exchange) throws IOException, InterruptedException {
    try {
      Target target = Target.of(exchange.getRequestURI().getPath());
      Parameters asked = Parameters.of(exchange.getRequestURI());
      switch (exchange.getRequestMethod()) {
        case "GET" -> get(exchange, target, asked);
        case "POST" -> send(exchange, 201, create(target, body(exchange)));
        case "PUT" -> send(exchange, 200, update(target, body(exchange)));
        case "DELETE" -> send(exchange, 200, delete(target, asked, body(exchange)));
        default -> throw Refusal.method(exchange.getRequestMethod());
      }
    } catch (Refusal refusal) {
      send(exchange, refusal.code(), refusal.status());
    }
  }

  private void get(HttpExchange exchange, Target target, Parameters asked)
      throws IOException, InterruptedException {
    Predicate<JsonNode> wanted =
        Selector.labels(asked.of("labelSelector")).and(Selector.fields(asked.of("fieldSelector")));
    if (!target.name().isEmpty()) {
      send(exchange, 200, store.get(target.kind(), target.namespace(), target.name()));
    } else if (asked.of("watch").equals("true") || asked.of("watch").equals("1")) {
      watches.serve(exchange, target, asked, wanted);
    } else {
      if (!asked.of("continue").isEmpty()) {
        throw Refusal.bad("the simulator lists in one piece");
      }
      send(exchange, 200, list(target, wanted));
    }
  }

  private ObjectNode list(Target target, Predicate<JsonNode> wanted) {
    ObjectStore.Listed listed = store.list(target.kind(), target.namespace());
    ObjectNode answer =
        ObjectStore.json()
            .createObjectNode()
            .put("kind", target.kind().word() + "List")
            .put("apiVersion", target.kind().apiVersion());
    answer.putObject("metadata").put("resourceVersion", Long.toString(listed.version()));
    ArrayNode items = answer.putArray("items");
    listed.items().stream().filter(wanted).forEach(items::add);
    return answer;
  }

  private ObjectNode create(Target target, ObjectNode body) {
    if (!target.name().isEmpty()) throw Refusal.method("POST");
    String inside = body.path("metadata").path("namespace").asText(target.namespace());
    if (!inside.equals(target.namespace())) {
      throw Refusal.bad(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    return store.create(target.kind(), target.namespace(), body);
  }

  private ObjectNode update(Target target, ObjectNode body) {
    if (target.name().isEmpty()) throw Refusal.method("PUT");
    String named = body.path("metadata").path("name").asText();
    if (!named.equals(target.name())) {
      throw Refusal.bad(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(named, target.name()));
    }
    return store.update(target.kind(), target.namespace(), target.name(), body);
  }

  private ObjectNode delete(Target target, Parameters asked, ObjectNode options) {
    if (target.name().isEmpty()) throw Refusal.method("DELETE");
    if (!options.path("dryRun").isMissingNode() || !asked.of("dryRun").isEmpty()) {
      throw Refusal.bad("the simulator has no dry run");
    }
    JsonNode only = options.path("preconditions");
    String grace = asked.of("gracePeriodSeconds");
    long graceS =
        options.path("gracePeriodSeconds").asLong(grace.isEmpty() ? -1 : Long.parseLong(grace));
    ObjectNode last =
        store.delete(
            target.kind(),
            target.namespace(),
            target.name(),
            new ObjectStore.Deletion(
                only.path("uid").asText(), only.path("resourceVersion").asText(), graceS));
    return target.kind() == Kind.POD ? last : success(target, last);
  }

  /** What is gone at once is answered by a Status; a pod is answered as it was. */
  private static ObjectNode success(Target target, ObjectNode last) {
    ObjectNode status =
        ObjectStore.json()
            .createObjectNode()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put("status", "Success");
    status.putObject("metadata");
    status
        .putObject("details")
        .put("name", target.name())
        .put("group", target.kind().group())
        .put("kind", target.kind().plural())
        .put("uid", last.path("metadata").path("uid").asText());
    return status;
  }

  private static ObjectNode body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX);
    if (bytes.length == 0) {
      return ObjectStore.json().createObjectNode();
    }
    try {
      if (ObjectStore.json().readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException garbled) {
      throw Refusal.bad("couldn't get version/kind; json parse error");
    }
    throw Refusal.bad("Object 'Kind' is missing");
  }

  private static void send(HttpExchange exchange, int code, ObjectNode body) throws IOException {
    byte[] bytes = ObjectStore.json().writeValueAsBytes(body);
    exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
