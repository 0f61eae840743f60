package holter.lab.kube;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.control.Pace;
import holter.lab.kube.store.Json;
import holter.remedy.KubeAct;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeHand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** A simulated cluster on which remedies are tried: n1, n2 and n3. */
final class RemedyStage implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(20);
  static final Duration DEADLINE = Duration.ofSeconds(20);

  /** Kubelets say nothing while a test runs, so that versions change by writes alone. */
  static final Pace HUSHED =
      new Pace(
          Duration.ofSeconds(90),
          Duration.ofSeconds(60),
          Duration.ofMillis(100),
          Duration.ofMillis(20),
          Duration.ofMillis(20));

  private final KubeSim sim;
  private final KubeCluster cluster;

  RemedyStage(Path dir, Pace pace) throws IOException {
    sim = KubeSim.cluster(pace, 1);
    List.of("n1", "n2", "n3").forEach(sim::node);
    cluster = KubeCluster.openToLook(sim.writeKubeconfig(dir.resolve("config")).toString(), "");
  }

  KubeSim sim() {
    return sim;
  }

  KubeScene scene() {
    return sim.scene();
  }

  KubeCluster cluster() {
    return cluster;
  }

  KubeHand hand() {
    return new KubeHand(cluster, () -> "");
  }

  /** Cordons it and waits for the taint. */
  void closed(String node) {
    scene().cordon(node);
    await().atMost(SOON).until(() -> node(node).toString().contains("timeAdded"));
  }

  JsonNode node(String name) {
    return scene().get("/api/v1/nodes/" + name);
  }

  static String path(String deployment) {
    return "/apis/apps/v1/namespaces/default/deployments/" + deployment;
  }

  JsonNode deployment(String name) {
    return scene().get(path(name));
  }

  /** Makes it and waits until it serves. */
  void serving(Workload workload) {
    scene().deploy(workload);
    await()
        .atMost(SOON)
        .until(
            () ->
                deployment(workload.name()).at("/status/availableReplicas").asInt()
                    == workload.replicas());
  }

  List<JsonNode> pods(String workload) {
    return StreamSupport.stream(
            scene().get("/api/v1/namespaces/default/pods").path("items").spliterator(), false)
        .filter(pod -> pod.at("/metadata/labels/app").asText().equals(workload))
        .toList();
  }

  KubeAct.Uncordon uncordon(String node) {
    return new KubeAct.Uncordon(node, Json.uid(node(node)));
  }

  KubeAct.Relax relax(String name, String host, List<String> lands) {
    String uid = Json.uid(deployment(name));
    return new KubeAct.Relax("default", name, uid, "kubernetes.io/hostname", host, lands);
  }

  KubeAct.Evict evict(String workload, String lands) {
    JsonNode pod = pods(workload).getFirst();
    return new KubeAct.Evict(
        "default",
        Json.name(pod),
        Json.uid(pod),
        "default/" + workload,
        pod.at("/spec/nodeName").asText(),
        lands);
  }

  /** Reasons of the events that tell of a remedy. */
  List<String> told() {
    return StreamSupport.stream(
            scene().get("/apis/events.k8s.io/v1/events").path("items").spliterator(), false)
        .filter(e -> e.path("reportingController").asText().equals("holter.io/remedy"))
        .map(e -> e.path("reason").asText() + " " + e.at("/regarding/kind").asText())
        .toList();
  }

  @Override
  public void close() {
    cluster.close();
    sim.close();
  }
}
