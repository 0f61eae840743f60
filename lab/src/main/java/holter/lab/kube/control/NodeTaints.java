package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The node lifecycle controller's taints: a cordon and each bad condition becomes a taint, and goes
 * with it. Who is not ready is also emptied ({@code NoExecute}), unless too many are at once.
 */
final class NodeTaints {
  /** A zone of which so many are not ready is disrupted, if they are at least three. */
  private static final double PARTIAL = 0.55;

  private static final int PARTIAL_MIN = 3;
  private static final String PREFIX = "node.kubernetes.io/";
  private static final Map<String, String> BY_CONDITION =
      Map.of(
          "MemoryPressure", "memory-pressure",
          "DiskPressure", "disk-pressure",
          "PIDPressure", "pid-pressure",
          "NetworkUnavailable", "network-unavailable");
  private static final Set<String> OURS =
      Set.of(
          "memory-pressure",
          "disk-pressure",
          "pid-pressure",
          "network-unavailable",
          "unschedulable",
          "not-ready",
          "unreachable");

  /** A taint without its date. */
  private record Taint(String key, String effect) {}

  /** What is done about {@code NoExecute} in a zone. */
  private enum Emptying {
    DONE,
    /** What is there stays, nothing is added. */
    STOPPED,
    /** What is there goes. */
    TAKEN_BACK
  }

  private final ObjectStore store;

  NodeTaints(ObjectStore store) {
    this.store = store;
  }

  void look() {
    List<ObjectNode> nodes = store.peek(Kind.NODE);
    Map<String, Emptying> zones = zones(nodes);
    for (ObjectNode node : nodes) {
      Emptying emptying = zones.getOrDefault(zone(node), Emptying.DONE);
      Set<Taint> due = due(node, emptying);
      if (!due.equals(has(node))) {
        store.change(
            Kind.NODE,
            "",
            Json.name(node),
            "kube-controller-manager",
            object -> set(object, due(object, emptying)));
      }
    }
  }

  private static String zone(JsonNode node) {
    return node.path("metadata").path("labels").path("topology.kubernetes.io/zone").asText();
  }

  private static boolean ready(JsonNode node) {
    return Json.conditionStatus(node, "Ready").equals("True");
  }

  private static Map<String, Emptying> zones(List<ObjectNode> nodes) {
    Map<String, int[]> counts = new HashMap<>();
    for (ObjectNode node : nodes) {
      int[] count = counts.computeIfAbsent(zone(node), zone -> new int[2]);
      count[ready(node) ? 0 : 1]++;
    }
    boolean all = counts.values().stream().allMatch(count -> count[0] == 0);
    Map<String, Emptying> zones = new HashMap<>();
    counts.forEach(
        (zone, count) -> {
          double share = (double) count[1] / (count[0] + count[1]);
          boolean partial = count[0] > 0 && count[1] >= PARTIAL_MIN && share >= PARTIAL;
          zones.put(zone, all ? Emptying.TAKEN_BACK : partial ? Emptying.STOPPED : Emptying.DONE);
        });
    return zones;
  }

  private static Set<Taint> has(JsonNode node) {
    Set<Taint> has = new HashSet<>();
    for (JsonNode taint : node.path("spec").path("taints")) {
      if (ours(taint)) {
        has.add(new Taint(taint.path("key").asText(), taint.path("effect").asText()));
      }
    }
    return has;
  }

  private static boolean ours(JsonNode taint) {
    String key = taint.path("key").asText();
    return key.startsWith(PREFIX) && OURS.contains(key.substring(PREFIX.length()));
  }

  private static Set<Taint> due(JsonNode node, Emptying emptying) {
    Set<Taint> due = new HashSet<>();
    BY_CONDITION.forEach(
        (condition, key) -> {
          if (Json.conditionStatus(node, condition).equals("True")) {
            due.add(new Taint(PREFIX + key, "NoSchedule"));
          }
        });
    if (node.at("/spec/unschedulable").asBoolean()) {
      due.add(new Taint(PREFIX + "unschedulable", "NoSchedule"));
    }
    String ready = Json.conditionStatus(node, "Ready");
    if (ready.isEmpty()) { // its kubelet has not said anything yet
      due.add(new Taint(PREFIX + "not-ready", "NoSchedule"));
    } else if (!ready.equals("True")) {
      String key = PREFIX + (ready.equals("False") ? "not-ready" : "unreachable");
      due.add(new Taint(key, "NoSchedule"));
      Taint emptied = new Taint(key, "NoExecute");
      if (emptying == Emptying.DONE
          || (emptying == Emptying.STOPPED && has(node).contains(emptied))) {
        due.add(emptied);
      }
    }
    return due;
  }

  private static void set(ObjectNode node, Set<Taint> due) {
    ArrayNode taints = node.withObjectProperty("spec").withArrayProperty("taints");
    Set<Taint> missing = new HashSet<>(due);
    for (var each = taints.iterator(); each.hasNext(); ) {
      JsonNode taint = each.next();
      Taint is = new Taint(taint.path("key").asText(), taint.path("effect").asText());
      if (ours(taint) && !due.contains(is)) {
        each.remove();
      }
      missing.remove(is);
    }
    for (Taint taint : missing) {
      taints
          .addObject()
          .put("key", taint.key())
          .put("effect", taint.effect())
          .put("timeAdded", Json.now());
    }
  }
}
