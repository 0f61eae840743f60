package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.remedy.KubeAct;
import java.util.Optional;

/** Opens a node to pods, or closes it; done when Kubernetes' own taint has followed. */
final class NodeDeed implements Deed {
  private static final String MERGE = "application/merge-patch+json";
  private static final String TAINT = "node.kubernetes.io/unschedulable";

  private final KubeCluster cluster;
  private final String node;
  private final String uid;
  private final String mark;
  private final boolean close;
  private String version = "";

  private NodeDeed(KubeCluster cluster, String node, String uid, String mark) {
    this.cluster = cluster;
    this.node = node;
    this.uid = uid;
    this.mark = mark;
    this.close = mark.isEmpty();
  }

  /**
   * @param plan whose mark the node carries from then on
   */
  static NodeDeed of(KubeCluster cluster, KubeAct.Uncordon act, String plan) {
    return new NodeDeed(cluster, act.node(), act.uid(), plan);
  }

  /** Takes the mark away again. */
  static NodeDeed of(KubeCluster cluster, KubeAct.Cordon act) {
    return new NodeDeed(cluster, act.node(), act.uid(), "");
  }

  private String path() {
    return "/api/v1/nodes/" + node;
  }

  @Override
  public Seen see() {
    Optional<JsonNode> found = cluster.tree(path());
    if (found.isEmpty()) {
      return Seen.other("there is no node " + node + " any more");
    }
    JsonNode now = found.get();
    if (!now.at("/metadata/uid").asText().equals(uid)) {
      return Seen.other("node " + node + " is another one now");
    }
    version = now.at("/metadata/resourceVersion").asText();
    boolean closed = now.at("/spec/unschedulable").asBoolean();
    if (closed != close) {
      String amiss = amiss(now);
      return close || amiss.isEmpty()
          ? Seen.toDo()
          : Seen.other("node " + node + " is not well: " + amiss);
    }
    if (tainted(now) != close) {
      return Seen.onItsWay(
          close ? "its taint is not there yet" : "its taint " + TAINT + " is still there");
    }
    return Seen.after("");
  }

  /**
   * The world may have moved on since the plan: a node that is sick, or of which its kubelet does
   * not tell that it is well, is not opened. Empty when it is well.
   */
  static String amiss(JsonNode node) {
    String ready = "not told";
    for (JsonNode each : node.at("/status/conditions")) {
      String type = each.path("type").asText();
      String status = each.path("status").asText();
      if (type.equals("Ready")) {
        ready = status;
      } else if (type.endsWith("Pressure") && !status.equals("False")) {
        return type + "=" + status;
      }
    }
    return ready.equals("True") ? "" : "Ready=" + ready;
  }

  private static boolean tainted(JsonNode node) {
    for (JsonNode taint : node.at("/spec/taints")) {
      if (taint.path("key").asText().equals(TAINT)) return true;
    }
    return false;
  }

  @Override
  public KubeCluster.Answer write(boolean dryRun) {
    ObjectNode patch = KubeCluster.object();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.put("uid", uid).put("resourceVersion", version);
    metadata.putObject("annotations").put(PlanMark.KEY, close ? null : mark);
    patch.putObject("spec").put("unschedulable", close);
    return cluster.send("PATCH", path() + Deed.query(dryRun), MERGE, patch);
  }
}
