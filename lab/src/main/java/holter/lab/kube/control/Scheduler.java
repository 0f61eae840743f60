package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Binds pods to nodes: those that pass the filters, of these the best by score, of equals any. What
 * finds no place waits, says why, and is tried again with every change of nodes or pods.
 */
final class Scheduler {
  private static final String BY = "kube-scheduler";
  private static final String PROFILE = "default-scheduler";

  private final ObjectStore store;
  private final EventLog events;
  private final Random random;

  /**
   * @param seed which of equals is taken
   */
  Scheduler(ObjectStore store, EventLog events, long seed) {
    this.store = store;
    this.events = events;
    this.random = new Random(seed);
  }

  void look() {
    List<ObjectNode> waiting =
        store.peek(Kind.POD).stream()
            .filter(pod -> pod.at("/spec/nodeName").asText().isEmpty() && !Json.leaving(pod))
            .filter(pod -> pod.at("/spec/schedulerName").asText().equals(PROFILE))
            .filter(pod -> pod.at("/spec/schedulingGates").isEmpty())
            .sorted(
                Comparator.comparing((ObjectNode pod) -> Json.meta(pod, "creationTimestamp"))
                    .thenComparingLong(pod -> Long.parseLong(Json.meta(pod, "resourceVersion"))))
            .toList();
    for (ObjectNode pod : waiting) {
      place(pod);
    }
  }

  private void place(ObjectNode pod) {
    List<ObjectNode> pods = store.peek(Kind.POD);
    List<ObjectNode> nodes = store.peek(Kind.NODE);
    List<Load> fit = new ArrayList<>();
    Map<String, Integer> causes = new TreeMap<>();
    for (Load load : Load.of(nodes, pods)) {
      List<String> reasons = Filters.reasons(pod, load);
      reasons.forEach(reason -> causes.merge(reason, 1, Integer::sum));
      if (reasons.isEmpty()) fit.add(load);
    }
    if (fit.isEmpty()) {
      fail(pod, nodes.size(), causes);
    } else {
      bind(pod, best(pod, fit, pods));
    }
  }

  private Load best(ObjectNode pod, List<Load> fit, List<ObjectNode> pods) {
    List<Load> best = Placement.ranked(pod, fit, pods, selector(pod));
    return best.get(random.nextInt(best.size()));
  }

  private JsonNode selector(ObjectNode pod) {
    String uid = Json.controller(pod).path("uid").asText();
    for (Kind kind : List.of(Kind.REPLICA_SET, Kind.STATEFUL_SET)) {
      for (ObjectNode set : store.peek(kind)) {
        if (!uid.isEmpty() && Json.uid(set).equals(uid)) return set.at("/spec/selector");
      }
    }
    return MissingNode.getInstance();
  }

  private void bind(ObjectNode pod, Load load) {
    String version = Json.meta(pod, "resourceVersion");
    store.change(
        Kind.POD,
        Json.namespace(pod),
        Json.name(pod),
        BY,
        each -> {
          Json.meta(each).put("resourceVersion", version); // not if it has changed meanwhile
          each.withObjectProperty("spec").put("nodeName", load.name());
          Json.condition(each, "PodScheduled", "True", "").remove(List.of("reason", "message"));
        });
    String name = Json.namespace(pod) + "/" + Json.name(pod);
    String message = "Successfully assigned " + name + " to " + load.name();
    events.tell(Kind.POD, pod, PROFILE, "Normal", "Scheduled", message);
  }

  private void fail(ObjectNode pod, int nodes, Map<String, Integer> causes) {
    String counted =
        causes.entrySet().stream()
            .map(cause -> cause.getValue() + " " + cause.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
    String message =
        nodes == 0
            ? "no nodes available to schedule pods"
            : "0/" + nodes + " nodes are available: " + counted + ".";
    if (Json.condition(pod, "PodScheduled").path("message").asText().equals(message)) {
      return;
    }
    store.change(
        Kind.POD,
        Json.namespace(pod),
        Json.name(pod),
        BY,
        each ->
            Json.condition(each, "PodScheduled", "False", "Unschedulable").put("message", message));
    events.tell(Kind.POD, pod, PROFILE, "Warning", "FailedScheduling", message);
  }
}
