package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.remedy.KubeAct;
import java.util.List;
import java.util.Optional;

/**
 * Takes one key off the node selector of a Deployment's template, or gives it back; done when every
 * pod has been replaced, serves, and no old one is left.
 */
final class SelectorDeed implements Deed {
  private static final String MERGE = "application/merge-patch+json";
  private static final String STEPS = "application/json-patch+json";

  private final KubeCluster cluster;
  private final KubeAct.Pin pin;
  private final List<String> lands;
  private final String mark;
  private final boolean give;
  private String version = "";

  /** Only where there are others can one be added without taking theirs away. */
  private boolean annotated;

  private SelectorDeed(KubeCluster cluster, KubeAct.Pin pin, List<String> lands, String mark) {
    this.cluster = cluster;
    this.pin = pin;
    this.lands = lands;
    this.mark = mark;
    this.give = mark.isEmpty();
  }

  /**
   * @param plan whose mark the Deployment carries from then on
   */
  static SelectorDeed of(KubeCluster cluster, KubeAct.Relax act, String plan) {
    var pin = new KubeAct.Pin(act.namespace(), act.name(), act.uid(), act.key(), act.value());
    return new SelectorDeed(cluster, pin, act.lands(), plan);
  }

  /** Takes the mark away again. */
  static SelectorDeed of(KubeCluster cluster, KubeAct.Pin act) {
    return new SelectorDeed(cluster, act, List.of(), "");
  }

  @Override
  public Seen see() {
    Optional<OwnedPods> found = OwnedPods.read(cluster, "deployments", pin.namespace(), pin.name());
    if (found.isEmpty()) {
      return Seen.other("there is no " + pin.target() + " any more");
    }
    OwnedPods now = found.get();
    if (!OwnedPods.uid(now.object()).equals(pin.uid())) {
      return Seen.other(pin.target() + " is another one now");
    }
    version = now.object().at("/metadata/resourceVersion").asText();
    annotated = now.object().at("/metadata").has("annotations");
    JsonNode key = now.object().at("/spec/template/spec/nodeSelector").path(pin.key());
    if (!key.isMissingNode() && !key.asText().equals(pin.value())) {
      return Seen.other("its %s is %s, not %s".formatted(pin.key(), key.asText(), pin.value()));
    }
    if (key.isMissingNode() == give) {
      return begun(now);
    }
    String left = now.rollingOut();
    return left.isEmpty() ? Seen.after(landed(now)) : Seen.onItsWay(left);
  }

  /** A change is taken back in the middle of its own rollout; none begins in another's. */
  private Seen begun(OwnedPods now) {
    if (now.object().at("/spec/paused").asBoolean()) {
      return Seen.other(pin.target() + " is paused: nothing would be rolled out");
    }
    return !give && now.busy()
        ? Seen.onItsWay("another rollout of it is under way: " + now.rollingOut())
        : Seen.toDo();
  }

  private String landed(OwnedPods now) {
    if (lands.isEmpty()) {
      return "";
    }
    List<String> on = now.pods().stream().map(OwnedPods::node).sorted().toList();
    boolean foretold = on.equals(lands.stream().sorted().toList());
    return "its pods stand on %s%s"
        .formatted(
            String.join(", ", on),
            foretold ? ", as foretold" : "; foretold were " + String.join(", ", lands));
  }

  @Override
  public KubeCluster.Answer write(boolean dryRun) {
    String path =
        "/apis/apps/v1/namespaces/%s/deployments/%s%s"
            .formatted(pin.namespace(), pin.name(), Deed.query(dryRun));
    return give
        ? cluster.send("PATCH", path, MERGE, given())
        : cluster.send("PATCH", path, STEPS, taken());
  }

  private ObjectNode given() {
    ObjectNode patch = KubeCluster.object();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.put("uid", pin.uid()).put("resourceVersion", version);
    metadata.putObject("annotations").putNull(PlanMark.KEY);
    patch
        .putObject("spec")
        .putObject("template")
        .putObject("spec")
        .putObject("nodeSelector")
        .put(pin.key(), pin.value());
    return patch;
  }

  /** Tests come first: when one fails, nothing is done. */
  private ArrayNode taken() {
    String path = "/spec/template/spec/nodeSelector/" + escaped(pin.key());
    ArrayNode steps = KubeCluster.object().putArray("steps");
    steps.addObject().put("op", "test").put("path", "/metadata/uid").put("value", pin.uid());
    steps.addObject().put("op", "test").put("path", path).put("value", pin.value());
    steps.addObject().put("op", "remove").put("path", path);
    if (annotated) {
      String note = "/metadata/annotations/" + escaped(PlanMark.KEY);
      steps.addObject().put("op", "add").put("path", note).put("value", mark);
    }
    return steps;
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
