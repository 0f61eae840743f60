package holter.lab.bench.remedy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.bench.remedy.RemedyCase.Work;
import holter.lab.kube.control.Placement;
import holter.lab.kube.store.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The simulator's scheduler over counts: where a pod of a kind would be put when so many of each
 * kind stand on each node. A kind is a Deployment as it is, or, behind those, the same without its
 * selector. What was asked once is remembered.
 */
final class LabScheduler {
  final int nodes;
  final int works;
  private final RemedyCase given;
  private final List<List<ObjectNode>> doors = new ArrayList<>();
  private final List<JsonNode> selectors = new ArrayList<>();
  private final List<ObjectNode> pods = new ArrayList<>();
  private final List<List<ObjectNode>> standing = new ArrayList<>();
  private final List<List<ObjectNode>> leaving = new ArrayList<>();
  private final Map<List<Object>, List<Integer>> known = new HashMap<>();

  LabScheduler(RemedyCluster cluster) {
    given = cluster.given();
    nodes = given.nodes().size();
    works = given.works().size();
    for (int open = -1; open < nodes; open++) {
      doors.add(doors(cluster, open));
    }
    for (boolean free : new boolean[] {false, true}) {
      for (Work work : given.works()) {
        ObjectNode pod = cluster.pods(work.name()).getFirst().deepCopy();
        pod.withObjectProperty("spec").remove("nodeName");
        JsonNode selector = selector(cluster, pod);
        if (free) {
          pod.withObjectProperty("spec").remove("nodeSelector");
          hash(pod.withObjectProperty("metadata").withObjectProperty("labels"));
          hash(((ObjectNode) selector).withObjectProperty("matchLabels"));
        }
        kind(pod, selector);
      }
    }
  }

  private static void hash(ObjectNode labels) {
    labels.put("pod-template-hash", "relaxed");
  }

  private static JsonNode selector(RemedyCluster cluster, ObjectNode pod) {
    String uid = Json.controller(pod).path("uid").asText();
    return cluster.replicaSets().stream()
        .filter(set -> Json.uid(set).equals(uid))
        .findFirst()
        .orElseThrow()
        .at("/spec/selector")
        .deepCopy();
  }

  private void kind(ObjectNode pod, JsonNode selector) {
    pods.add(pod);
    selectors.add(selector);
    var here = new ArrayList<ObjectNode>();
    var gone = new ArrayList<ObjectNode>();
    for (RemedyCase.Node node : given.nodes()) {
      ObjectNode bound = pod.deepCopy();
      bound.withObjectProperty("spec").put("nodeName", node.name());
      here.add(bound);
      ObjectNode last = bound.deepCopy();
      Json.meta(last).put("deletionTimestamp", "2023-02-02T00:00:00Z");
      gone.add(last);
    }
    standing.add(here);
    leaving.add(gone);
  }

  /** Nodes in the case's order, one of them opened. */
  private List<ObjectNode> doors(RemedyCluster cluster, int open) {
    var all = new ArrayList<ObjectNode>();
    for (int n = 0; n < nodes; n++) {
      String name = given.nodes().get(n).name();
      ObjectNode node =
          cluster.nodes().stream()
              .filter(each -> Json.name(each).equals(name))
              .findFirst()
              .orElseThrow()
              .deepCopy();
      if (n == open) {
        node.withObjectProperty("spec").remove("unschedulable");
        node.withObjectProperty("spec").remove("taints");
      }
      all.add(node);
    }
    return all;
  }

  /**
   * The nodes that it holds for best.
   *
   * @param open the node that was opened; −1: none
   * @param counts of each kind on each node: {@code kind × nodes + node}
   * @param leavingNow of the same form: pods that still hold their place
   */
  List<Integer> best(int open, int kind, int[] counts, int[] leavingNow) {
    List<Object> key = List.of(open, kind, Arrays.toString(counts), Arrays.toString(leavingNow));
    return known.computeIfAbsent(key, _ -> asked(open, kind, counts, leavingNow));
  }

  private List<Integer> asked(int open, int kind, int[] counts, int[] leavingNow) {
    var all = new ArrayList<ObjectNode>();
    for (int i = 0; i < counts.length; i++) {
      for (int c = 0; c < counts[i]; c++) all.add(standing.get(i / nodes).get(i % nodes));
      for (int c = 0; c < leavingNow[i]; c++) all.add(leaving.get(i / nodes).get(i % nodes));
    }
    List<String> names =
        Placement.best(pods.get(kind), doors.get(open + 1), all, selectors.get(kind));
    var numbers = new ArrayList<Integer>();
    for (int n = 0; n < nodes; n++) {
      if (names.contains(given.nodes().get(n).name())) numbers.add(n);
    }
    return numbers;
  }
}
