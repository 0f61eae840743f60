package holter.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.control.Pace;
import holter.lab.kube.store.Json;
import holter.lab.process.Deadline;
import holter.lab.process.LabException;
import holter.remedy.KubeAct;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;

/**
 * A simulated cluster of n1, n2 and n3 on which acts of a remedy are tried, in the namespace {@code
 * default}. What is waited for and has not come in {@value #PATIENCE_S} s throws {@link
 * LabException}. Thread-safe.
 */
public class ThreeNodes implements AutoCloseable {
  private static final int PATIENCE_S = 120;

  private final KubeSim sim;

  /** Its nodes are ready when this returns. */
  public ThreeNodes(Pace pace) {
    sim = KubeSim.cluster(pace, 1);
    List.of("n1", "n2", "n3").forEach(sim::node);
  }

  public KubeSim sim() {
    return sim;
  }

  public KubeScene scene() {
    return sim.scene();
  }

  private static void await(String what, BooleanSupplier condition) {
    if (!Deadline.in(Duration.ofSeconds(PATIENCE_S)).await(condition)) {
      throw new LabException("not in %d s: %s".formatted(PATIENCE_S, what));
    }
  }

  /** Cordons it and waits for the taint. */
  public void closed(String node) {
    scene().cordon(node);
    await("the taint of " + node, () -> node(node).toString().contains("timeAdded"));
  }

  public JsonNode node(String name) {
    return scene().get("/api/v1/nodes/" + name);
  }

  /** Where the API has a Deployment. */
  public static String path(String deployment) {
    return "/apis/apps/v1/namespaces/default/deployments/" + deployment;
  }

  public JsonNode deployment(String name) {
    return scene().get(path(name));
  }

  /** Makes it and waits until it serves. */
  public void serving(Workload workload) {
    scene().deploy(workload);
    await(
        workload.name() + " serves",
        () ->
            deployment(workload.name()).at("/status/availableReplicas").asInt()
                == workload.replicas());
  }

  /** Deletes a Deployment and waits until its pods are gone. */
  public void gone(String deployment) {
    scene().delete(path(deployment), 0);
    await(deployment + " is gone", () -> pods(deployment).isEmpty());
  }

  /** The pods of a Deployment, those that leave too. */
  public List<JsonNode> pods(String workload) {
    return StreamSupport.stream(
            scene().get("/api/v1/namespaces/default/pods").path("items").spliterator(), false)
        .filter(pod -> pod.at("/metadata/labels/app").asText().equals(workload))
        .toList();
  }

  /** Opens a node. */
  public KubeAct.Uncordon uncordon(String node) {
    return new KubeAct.Uncordon(node, Json.uid(node(node)));
  }

  /** Takes a pin to a host off a Deployment. */
  public KubeAct.Relax relax(String name, String host, List<String> lands) {
    String uid = Json.uid(deployment(name));
    return new KubeAct.Relax("default", name, uid, "kubernetes.io/hostname", host, lands);
  }

  /** Has one pod of a Deployment leave. */
  public KubeAct.Evict evict(String workload, String lands) {
    JsonNode pod = pods(workload).getFirst();
    return new KubeAct.Evict(
        "default",
        Json.name(pod),
        Json.uid(pod),
        "default/" + workload,
        pod.at("/spec/nodeName").asText(),
        lands);
  }

  @Override
  public void close() {
    sim.close();
  }
}
