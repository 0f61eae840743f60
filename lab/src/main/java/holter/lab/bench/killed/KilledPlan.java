package holter.lab.bench.killed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.ThreeNodes;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Proposal;
import holter.remedy.Step;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A plan of three steps on three nodes: n1 is crowded and closed, n2 is closed; n3 is opened, a pin
 * to n1 is taken off, a pod is evicted. Says what must have been written in the end, and what must
 * be so then.
 *
 * @param pinned the Deployment whose pin is taken off
 * @param free the Deployment of which a pod is evicted
 * @param before the pinned Deployment's specification
 * @param closed what n3 was specified to be
 */
public record KilledPlan(
    ThreeNodes nodes, Plan plan, String pinned, String free, JsonNode before, JsonNode closed) {
  private static final int PODS = 2;
  private static final String TAINTS = "taints";

  /**
   * Sets the scene, and plans.
   *
   * @param name of the trial: unique while its Deployments are there
   * @param cluster whose paths prove the cure, as the plan names it
   * @param stepMs each step's deadline
   */
  public static KilledPlan set(ThreeNodes nodes, String name, String cluster, long stepMs) {
    nodes.scene().uncordon("n1");
    nodes.scene().cordon("n2");
    nodes.closed("n3");
    String pinned = "recv-" + name;
    String free = "proxy-" + name;
    nodes.serving(Workload.of(pinned, PODS).on("n1"));
    nodes.serving(Workload.of(free, PODS));
    nodes.scene().cordon("n1");
    var acts =
        List.of(
            nodes.uncordon("n3"),
            nodes.relax(pinned, "n1", List.of("n3", "n3")),
            nodes.evict(free, "n3"));
    var steps = new ArrayList<Step>();
    Sentence word = Sentence.quote("tried");
    acts.forEach(act -> steps.add(new Step(steps.size() + 1, act, word, word, stepMs)));
    var proposal = new Proposal(steps, List.of(), List.of());
    long nowMs = System.currentTimeMillis();
    return new KilledPlan(
        nodes,
        Plan.of(cluster, "HeartBeat", Set.of(), proposal, nowMs),
        pinned,
        free,
        nodes.deployment(pinned).path("spec"),
        asWanted(nodes.node("n3")));
  }

  /** A node's specification without what the server adds to it: the cordon's taint and its time. */
  private static JsonNode asWanted(JsonNode node) {
    ObjectNode spec = node.path("spec").deepCopy();
    spec.remove(TAINTS);
    return spec;
  }

  private KubeAct.Evict evict() {
    return (KubeAct.Evict) plan.steps().getLast().act();
  }

  /** Each step's write, once. */
  public List<String> writes() {
    return List.of(
        "PATCH /api/v1/nodes/n3",
        "PATCH " + ThreeNodes.path(pinned),
        "POST /api/v1/namespaces/default/pods/" + evict().pod() + "/eviction");
  }

  /** Each inverse's write, once: an eviction has none. */
  public List<String> writesBack() {
    return List.of("PATCH " + ThreeNodes.path(pinned), "PATCH /api/v1/nodes/n3");
  }

  /** What is not as planned, one line each. */
  public List<String> wrong() {
    var wrong = new ArrayList<String>();
    if (nodes.node("n3").at("/spec/unschedulable").asBoolean()) wrong.add("n3 is closed");
    JsonNode selector = nodes.deployment(pinned).at("/spec/template/spec/nodeSelector");
    if (!selector.isEmpty()) wrong.add(pinned + " is pinned: " + selector);
    List<String> places = places(pinned);
    if (!places.equals(List.of("n3", "n3"))) wrong.add(pinned + " stands on " + places);
    if (nodes.pods(free).stream().anyMatch(pod -> uid(pod).equals(evict().uid()))) {
      wrong.add(evict().pod() + " has not left");
    }
    List<String> others = places(free);
    if (others.size() != PODS || !others.contains("n3")) wrong.add(free + " stands on " + others);
    return wrong;
  }

  private static String uid(JsonNode pod) {
    return pod.at("/metadata/uid").asText();
  }

  private List<String> places(String workload) {
    return nodes.pods(workload).stream().map(pod -> pod.at("/spec/nodeName").asText()).toList();
  }

  /** Opens n1, so that what was pinned to it can go home. */
  public void wayBack() {
    nodes.scene().uncordon("n1");
  }

  /** What is not as it was before the plan, one line each. */
  public List<String> wrongBack() {
    var wrong = new ArrayList<String>();
    JsonNode spec = nodes.deployment(pinned).path("spec");
    if (!spec.equals(before)) wrong.add("%s was %s and is %s".formatted(pinned, before, spec));
    JsonNode now = asWanted(nodes.node("n3"));
    if (!now.equals(closed)) wrong.add("n3 was %s and is %s".formatted(closed, now));
    List<String> places = places(pinned);
    if (!places.equals(List.of("n1", "n1"))) wrong.add(pinned + " stands on " + places);
    return wrong;
  }

  /** Takes the scene down. */
  public void clear() {
    nodes.gone(pinned);
    nodes.gone(free);
  }
}
