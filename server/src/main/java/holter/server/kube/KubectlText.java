package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import holter.diagnose.KubeFact;
import holter.diagnose.KubeFact.KubeEvent;
import holter.diagnose.KubeFact.NodeSeen;
import holter.diagnose.KubeFact.PodSeen;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * What {@code kubectl get nodes|pods|events} printed: JSON, YAML, or the tables of nodes and pods.
 * Which nodes a pod's selector allows is told when nodes and selectors are both known.
 */
public final class KubectlText {
  private static final int TEXT_MAX = 64 << 20;

  private static final YAMLMapper YAML = yaml();

  private final Map<String, NodeSeen> nodes = new TreeMap<>();
  private final Map<String, Map<String, String>> labels = new TreeMap<>();
  private final Map<String, JsonNode> podObjects = new TreeMap<>();
  private final Map<String, PodSeen> pods = new TreeMap<>();
  private final List<KubeEvent> events = new ArrayList<>();

  private static YAMLMapper yaml() {
    var options = new LoaderOptions();
    options.setCodePointLimit(TEXT_MAX);
    options.setMaxAliasesForCollections(50);
    return new YAMLMapper(YAMLFactory.builder().loaderOptions(options).build());
  }

  /**
   * Takes one file's text.
   *
   * @throws IOException when it is neither an object of Kubernetes nor a table of kubectl
   */
  public void take(String text) throws IOException {
    if (text.stripLeading().matches("(?s)(NAMESPACE\\s+)?NAME\\s.*")) {
      var table = new KubectlTable(text);
      table.nodes().forEach(node -> nodes.putIfAbsent(node.node(), node));
      table.pods().forEach(pod -> pods.putIfAbsent(pod.pod(), pod));
      return;
    }
    JsonNode tree = YAML.readTree(text);
    if (tree == null || !(tree.has("items") || tree.has("kind"))) {
      throw new IOException("neither an object nor a table of kubectl");
    }
    if (tree.path("items").isArray()) {
      tree.path("items").forEach(this::object);
    } else {
      object(tree);
    }
  }

  /** Nodes, pods and events, by name. */
  public List<KubeFact> facts() {
    podObjects.forEach((name, pod) -> pods.put(name, pod(name, pod)));
    List<KubeFact> facts = new ArrayList<>(nodes.values());
    facts.addAll(pods.values());
    facts.addAll(events);
    return facts;
  }

  private void object(JsonNode object) {
    String name = object.path("metadata").path("name").asText("");
    switch (object.path("kind").asText(kindOf(object))) {
      case "Node" -> {
        nodes.put(name, node(name, object));
        Map<String, String> its = new TreeMap<>();
        object
            .path("metadata")
            .path("labels")
            .properties()
            .forEach(label -> its.put(label.getKey(), label.getValue().asText("")));
        its.putIfAbsent("kubernetes.io/hostname", name);
        labels.put(name, its);
      }
      case "Pod" -> podObjects.put(name, object);
      case "Event" -> events.add(event(object));
      default -> {} // of no bearing
    }
  }

  /** Items of a list may leave out what they are. */
  private static String kindOf(JsonNode object) {
    return object.has("involvedObject")
        ? "Event"
        : object.path("spec").has("containers")
            ? "Pod"
            : object.path("status").has("nodeInfo") ? "Node" : "";
  }

  private static NodeSeen node(String name, JsonNode node) {
    var conditions = new ArrayList<String>();
    for (JsonNode one : node.path("status").path("conditions")) {
      String type = one.path("type").asText("");
      boolean amiss = one.path("status").asText("").equals(type.equals("Ready") ? "False" : "True");
      boolean lost = type.equals("Ready") && one.path("status").asText("").equals("Unknown");
      if (amiss || lost) {
        conditions.add(type.equals("Ready") ? "NotReady" : type);
      }
    }
    var taints = new ArrayList<String>();
    long since = -1;
    for (JsonNode one : node.path("spec").path("taints")) {
      taints.add(one.path("key").asText("") + ":" + one.path("effect").asText(""));
      if (one.path("key").asText("").equals("node.kubernetes.io/unschedulable")) {
        since = time(one.path("timeAdded"));
      }
    }
    boolean cordoned = node.path("spec").path("unschedulable").asBoolean(false);
    return new NodeSeen(name, cordoned, since, conditions, taints, Double.NaN);
  }

  private PodSeen pod(String name, JsonNode pod) {
    int restarts = 0;
    String reason = pod.path("status").path("reason").asText("");
    int exit = -1;
    for (JsonNode one : pod.path("status").path("containerStatuses")) {
      restarts += one.path("restartCount").asInt(0);
      for (JsonNode state : List.of(one.path("state"), one.path("lastState"))) {
        JsonNode ended = state.path("terminated");
        if (reason.isEmpty() && ended.isObject()) {
          reason = ended.path("reason").asText("");
          exit = ended.path("exitCode").asInt(-1);
        }
      }
    }
    boolean ready = false;
    for (JsonNode one : pod.path("status").path("conditions")) {
      ready |=
          one.path("type").asText("").equals("Ready")
              && one.path("status").asText("").equals("True");
    }
    String node = pod.path("spec").path("nodeName").asText("");
    return new PodSeen(
        name, node, owner(pod), ready, restarts, reason, exit, eligible(pod), Double.NaN);
  }

  private static String owner(JsonNode pod) {
    JsonNode owner = pod.path("metadata").path("ownerReferences").path(0);
    return owner.isMissingNode()
        ? ""
        : owner.path("kind").asText("") + "/" + owner.path("name").asText("");
  }

  /** The nodes that have all labels of the selector; empty when it asks for none. */
  private List<String> eligible(JsonNode pod) {
    JsonNode selector = pod.path("spec").path("nodeSelector");
    if (selector.isEmpty()) {
      return List.of();
    }
    String pinned = selector.path("kubernetes.io/hostname").asText("");
    if (labels.isEmpty()) {
      return pinned.isEmpty() ? List.of() : List.of(pinned);
    }
    return labels.entrySet().stream()
        .filter(
            node ->
                selector.properties().stream()
                    .allMatch(
                        want ->
                            want.getValue()
                                .asText("")
                                .equals(node.getValue().getOrDefault(want.getKey(), ""))))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static KubeEvent event(JsonNode event) {
    JsonNode about = event.path("involvedObject");
    long last = time(event.path("lastTimestamp"));
    return new KubeEvent(
        about.path("kind").asText(""),
        about.path("name").asText(""),
        event.path("reason").asText(""),
        event.path("message").asText(""),
        last > 0 ? last : time(event.path("eventTime")));
  }

  private static long time(JsonNode text) {
    try {
      return OffsetDateTime.parse(text.asText("")).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException none) {
      return -1;
    }
  }
}
