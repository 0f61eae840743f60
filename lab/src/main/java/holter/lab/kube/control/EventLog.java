package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import holter.lab.kube.store.Writer;

/** Tells what happened to an object, as an event; the same again is counted. Thread-safe. */
final class EventLog {
  private final ObjectStore store;

  EventLog(ObjectStore store) {
    this.store = store;
  }

  /**
   * Tells it.
   *
   * @param by the controller
   */
  void tell(Kind kind, JsonNode about, String by, String type, String reason, String message) {
    String namespace = Json.namespace(about).isEmpty() ? "default" : Json.namespace(about);
    int hash = (Json.uid(about) + by + reason + message).hashCode();
    String name = Json.name(about) + "." + Integer.toHexString(hash);
    store.atomically(
        () -> {
          for (ObjectNode each : store.peek(Kind.EVENT)) {
            if (Json.name(each).equals(name) && Json.namespace(each).equals(namespace)) {
              return store.change(Kind.EVENT, namespace, name, by, EventLog::again);
            }
          }
          ObjectNode event = Json.object();
          Json.meta(event).put("name", name);
          event
              .putObject("involvedObject")
              .put("apiVersion", kind.apiVersion())
              .put("kind", kind.word())
              .put("name", Json.name(about))
              .put("namespace", Json.namespace(about))
              .put("uid", Json.uid(about));
          if (Json.namespace(about).isEmpty()) {
            event.withObjectProperty("involvedObject").remove("namespace");
          }
          event.put("type", type).put("reason", reason).put("message", message);
          event.putObject("source").put("component", by);
          event.put("reportingComponent", by).put("reportingInstance", "");
          event.put("firstTimestamp", Json.now());
          again(event);
          return store.create(Kind.EVENT, namespace, event, Writer.inside(by));
        });
  }

  private static void again(ObjectNode event) {
    event.put("lastTimestamp", Json.now()).put("count", event.path("count").asInt() + 1);
  }
}
