package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import holter.lab.kube.store.Deletion;
import holter.lab.kube.store.EventForms;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import holter.lab.kube.store.Patches;
import holter.lab.kube.store.Refusal;
import holter.lab.kube.store.Selector;
import holter.lab.kube.store.Writer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers requests as the real API server does; watches are {@link KubeWatch}'s. */
final class KubeApi {
  private static final int BODY_BYTES_MAX = 3 << 20;
  private static final String STATS = "proxy/stats/summary";

  private final ObjectStore store;
  private final KubeWatch watches;
  private final Access access;
  private final KubeletFigures figures;
  private final Evictions evictions;

  KubeApi(ObjectStore store, KubeWatch watches, Access access, KubeletFigures figures) {
    this.store = store;
    this.watches = watches;
    this.access = access;
    this.figures = figures;
    this.evictions = new Evictions(store);
  }

  /** One request that may be answered. */
  private record Call(Target target, Parameters asked, @Nullable Role role, String agent) {
    Writer writer(boolean dryRun) {
      String named = asked.of("fieldManager");
      String manager = named.isEmpty() ? agent.replaceFirst("/.*", "") : named;
      boolean status = target.part().equals("status");
      return new Writer(
          manager.isEmpty() ? "unknown" : manager,
          status ? Writer.Part.STATUS : Writer.Part.OBJECT,
          dryRun);
    }

    boolean dryRun(JsonNode options) {
      JsonNode told = options.path("dryRun");
      String word = told.isArray() && !told.isEmpty() ? told.path(0).asText() : asked.of("dryRun");
      if (!Set.of("", "All").contains(word)) {
        throw Refusal.bad("dryRun: Unsupported value: \"" + word + "\"");
      }
      return word.equals("All");
    }
  }

  void handle(HttpExchange exchange) throws IOException, InterruptedException {
    try {
      String path = exchange.getRequestURI().getPath();
      ObjectNode known = Discovery.answer(path);
      Role role = access.who(exchange.getRequestHeaders().getFirst("Authorization"));
      if (known != null) {
        send(exchange, 200, known);
        return;
      }
      String agent = exchange.getRequestHeaders().getFirst("User-Agent");
      var call =
          new Call(
              Target.of(path),
              Parameters.of(exchange.getRequestURI()),
              role,
              agent == null ? "" : agent);
      answer(exchange, call);
    } catch (Refusal refusal) {
      if (refusal.retryAfterS() > 0) {
        exchange
            .getResponseHeaders()
            .put("Retry-After", List.of(Integer.toString(refusal.retryAfterS())));
      }
      send(exchange, refusal.code(), refusal.status());
    }
  }

  private void answer(HttpExchange exchange, Call call) throws IOException, InterruptedException {
    String method = exchange.getRequestMethod();
    boolean watching = Set.of("true", "1").contains(call.asked().of("watch"));
    boolean all = call.target().name().isEmpty();
    String verb =
        switch (method) {
          case "GET" -> !all ? "get" : watching ? "watch" : "list";
          case "POST" -> "create";
          case "PUT" -> "update";
          case "PATCH" -> "patch";
          case "DELETE" -> "delete";
          default -> throw Refusal.method(method);
        };
    Access.check(call.role(), verb, call.target());
    switch (verb) {
      case "watch" -> watches.serve(exchange, call.target(), call.asked(), wanted(call));
      case "get" -> send(exchange, 200, get(call.target()));
      case "list" -> send(exchange, 200, list(call));
      case "create" -> send(exchange, 201, create(call, object(exchange)));
      case "update" -> send(exchange, 200, update(call, object(exchange)));
      case "patch" -> send(exchange, 200, patch(call, exchange));
      default -> send(exchange, 200, delete(call, object(exchange)));
    }
  }

  private static Predicate<JsonNode> wanted(Call call) {
    String fields = call.asked().of("fieldSelector");
    return Selector.labels(call.asked().of("labelSelector"))
        .and(Selector.fields(call.target().young() ? EventForms.selector(fields) : fields));
  }

  private static ObjectNode formed(Target target, ObjectNode object) {
    return target.young() ? EventForms.young(object) : object;
  }

  private ObjectNode get(Target target) {
    if (target.kind() == Kind.NODE && target.part().equals(STATS)) {
      return figures.summary(store.get(Kind.NODE, "", target.name()), store.peek(Kind.POD));
    }
    whole(target);
    return formed(target, store.get(target.kind(), target.namespace(), target.name()));
  }

  /** The whole object, or its status, which is read with it. */
  private static void whole(Target target) {
    boolean status = target.part().equals("status") && target.kind().hasStatus();
    if (!target.part().isEmpty() && !status) throw Refusal.noSuchPath();
  }

  private ObjectNode list(Call call) {
    if (!call.asked().of("continue").isEmpty()) {
      throw Refusal.bad("the simulator lists in one piece");
    }
    Target target = call.target();
    Predicate<JsonNode> wanted = wanted(call);
    ObjectStore.Listed listed = store.list(target.kind(), target.namespace());
    ObjectNode answer =
        Json.object()
            .put("kind", target.kind().word() + "List")
            .put("apiVersion", target.apiVersion());
    answer.putObject("metadata").put("resourceVersion", Long.toString(listed.version()));
    ArrayNode items = answer.putArray("items");
    listed.items().stream().filter(wanted).map(o -> formed(target, o)).forEach(items::add);
    return answer;
  }

  private ObjectNode create(Call call, ObjectNode body) {
    Target target = call.target();
    if (target.kind() == Kind.POD && target.part().equals("eviction")) {
      boolean dryRun = call.dryRun(body.path("deleteOptions"));
      return evictions.evict(target.namespace(), target.name(), body, dryRun);
    }
    if (!target.name().isEmpty()) throw Refusal.method("POST");
    String inside = body.path("metadata").path("namespace").asText(target.namespace());
    if (!inside.equals(target.namespace())) {
      throw Refusal.bad(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    ObjectNode given = target.young() ? EventForms.old(body) : body;
    Writer writer = call.writer(call.dryRun(Json.object()));
    return formed(target, store.create(target.kind(), target.namespace(), given, writer));
  }

  private ObjectNode update(Call call, ObjectNode body) {
    Target target = call.target();
    if (target.name().isEmpty()) throw Refusal.method("PUT");
    whole(target);
    if (!Json.name(body).equals(target.name())) {
      throw Refusal.bad(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(Json.name(body), target.name()));
    }
    ObjectNode given = target.young() ? EventForms.old(body) : body;
    Writer writer = call.writer(call.dryRun(Json.object()));
    return store.atomically(
        () -> {
          if (target.kind() == Kind.LEASE && absent(target)) {
            return createdByUpdate(target, given, writer);
          }
          return formed(target, edit(call, writer, given));
        });
  }

  private ObjectNode edit(Call call, Writer writer, ObjectNode given) {
    Target target = call.target();
    return store.edit(
        target.kind(),
        target.namespace(),
        target.name(),
        writer,
        before -> {
          Access.guard(call.role(), target.kind(), before, given);
          return given;
        });
  }

  private boolean absent(Target target) {
    return store.peek(target.kind()).stream()
        .noneMatch(
            object ->
                Json.name(object).equals(target.name())
                    && Json.namespace(object).equals(target.namespace()));
  }

  /** A Lease is made by an update too, unless that is of one that was there. */
  private ObjectNode createdByUpdate(Target target, ObjectNode given, Writer writer) {
    String uid = Json.uid(given);
    if (!uid.isEmpty()) {
      throw Refusal.conflict(
          Kind.LEASE,
          target.name(),
          "Precondition failed: UID in precondition: " + uid + ", UID in object meta: ");
    }
    return store.create(Kind.LEASE, target.namespace(), given, writer);
  }

  private ObjectNode patch(Call call, HttpExchange exchange) throws IOException {
    Target target = call.target();
    if (target.name().isEmpty()) throw Refusal.method("PATCH");
    whole(target);
    String form = exchange.getRequestHeaders().getFirst("Content-Type");
    JsonNode patch = Json.parsed(bytes(exchange));
    ObjectNode patched =
        store.edit(
            target.kind(),
            target.namespace(),
            target.name(),
            call.writer(call.dryRun(Json.object())),
            before -> {
              ObjectNode seen = formed(target, before).deepCopy();
              ObjectNode after = Patches.apply(form == null ? "" : form, seen, patch);
              Access.guard(call.role(), target.kind(), before, after);
              return target.young() ? EventForms.old(after) : after;
            });
    return formed(target, patched);
  }

  private ObjectNode delete(Call call, ObjectNode options) {
    Target target = call.target();
    if (target.name().isEmpty() || !target.part().isEmpty()) throw Refusal.method("DELETE");
    JsonNode only = options.path("preconditions");
    long graceS =
        options.path("gracePeriodSeconds").asLong(call.asked().number("gracePeriodSeconds", -1));
    ObjectNode last =
        store.delete(
            target.kind(),
            target.namespace(),
            target.name(),
            new Deletion(
                only.path("uid").asText(),
                only.path("resourceVersion").asText(),
                graceS,
                call.dryRun(options)));
    return target.kind() == Kind.POD ? last : success(target, last);
  }

  /** What is gone at once is answered by a Status; a pod is answered as it was. */
  private static ObjectNode success(Target target, ObjectNode last) {
    ObjectNode status =
        Json.object().put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
    status.putObject("metadata");
    status
        .putObject("details")
        .put("name", target.name())
        .put("group", target.group())
        .put("kind", target.kind().plural())
        .put("uid", Json.uid(last));
    return status;
  }

  private static byte[] bytes(HttpExchange exchange) throws IOException {
    return exchange.getRequestBody().readNBytes(BODY_BYTES_MAX);
  }

  private static ObjectNode object(HttpExchange exchange) throws IOException {
    byte[] bytes = bytes(exchange);
    if (bytes.length == 0) return Json.object();
    if (Json.parsed(bytes) instanceof ObjectNode object) return object;
    throw Refusal.bad("Object 'Kind' is missing");
  }

  private static void send(HttpExchange exchange, int code, ObjectNode body) throws IOException {
    byte[] bytes = Json.bytes(body);
    exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
