package holter.lab.kube.fact;

import static holter.lab.kube.fact.Ask.that;

import holter.lab.kube.FakeKubelet;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.Wire;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;

/**
 * What must hold of the identities. On a real cluster they are contexts of the kubeconfig, {@code
 * holter-diagnose} and {@code holter-remedy}; the latter may change the node and the Deployment
 * that are called {@value #OWN}, and stands under the guard.
 */
final class RoleFacts {
  /** The one node and the one Deployment that the remedy may change. */
  static final String OWN = "holter-fact-own";

  private static final String CORDON = "{'spec':{'unschedulable':true}}";
  private static final String UNCORDON = "{'spec':{'unschedulable':false}}";
  private static final String DRY = "?dryRun=All";

  private RoleFacts() {}

  static final List<Fact> ALL =
      List.of(
          fact(40, "who only reads gets 403 for a dry run too", RoleFacts::onlyReads),
          fact(41, "a remedy has its node and nothing else", RoleFacts::ownAlone),
          fact(42, "a remedy uncordons its node and does no more", RoleFacts::guarded),
          fact(0, "a remedy closes again what it opened, and only that", RoleFacts::takenBack));

  private static Fact fact(int number, String claim, Fact.Proof proof) {
    return new Fact(number, claim, Set.of(Fact.Need.ROLES, Fact.Need.NODES), proof);
  }

  /** Asks as somebody else. */
  private static int as(Stage stage, String user, String path, String form, String patch) {
    KubernetesClient client = stage.ground().roles().get(user);
    if (client == null) throw new Ask.Broken("no context " + user);
    var body = holter.lab.kube.store.Json.parsed(patch.replace('\'', '"'));
    return new Wire(client, "holter").send("PATCH", path, form, body).code();
  }

  private static void code(int is, int due, String what) {
    that(is == due, what + ": " + is + " instead of " + due);
  }

  private static String deployments(Stage stage) {
    return "/apis/apps/v1/namespaces/" + stage.ground().namespace() + "/deployments/";
  }

  private static void onlyReads(Stage stage) {
    FakeKubelet node = stage.node(10);
    String path = Stage.nodePath(node.node());
    KubernetesClient client = stage.ground().roles().get("holter-diagnose");
    if (client == null) throw new Ask.Broken("no context holter-diagnose");
    code(new Wire(client, "holter").get(path).code(), 200, "reading");
    code(as(stage, "holter-diagnose", path, Wire.MERGE, UNCORDON), 403, "a patch");
    code(as(stage, "holter-diagnose", path + DRY, Wire.MERGE, UNCORDON), 403, "a dry run");
  }

  private static void ownAlone(Stage stage) {
    FakeKubelet own = stage.node(OWN, 10);
    FakeKubelet other = stage.node(10);
    stage.cordon(own, true);
    stage.cordon(other, true);
    String path = Stage.nodePath(own.node());
    code(as(stage, "holter-remedy", path, Wire.MERGE, UNCORDON), 200, "its node");
    that(!stage.get(path).at("/spec/unschedulable").asBoolean(), "still cordoned");
    String elsewhere = Stage.nodePath(other.node());
    code(as(stage, "holter-remedy", elsewhere, Wire.MERGE, UNCORDON), 403, "another node");
    Workload workload = stage.workload(0);
    stage.deploy(workload);
    String deployment = deployments(stage) + workload.name();
    String note = "{'metadata':{'annotations':{'x':'y'}}}";
    code(as(stage, "holter-remedy", deployment, Wire.MERGE, note), 403, "another Deployment");
    Workload mine =
        new Workload(stage.ground().namespace(), OWN, 0, workload.nodeSelector(), "", "");
    stage.deploy(mine);
    code(as(stage, "holter-remedy", deployments(stage) + OWN, Wire.MERGE, note), 200, "its own");
    KubernetesClient client = stage.ground().roles().get("holter-remedy");
    if (client == null) throw new Ask.Broken("no context holter-remedy");
    String pod = stage.ask().pods() + "/" + Ask.newName();
    code(
        new Wire(client, "holter").send("DELETE", pod, Wire.JSON, Ask.options()).code(),
        403,
        "deleting a pod");
  }

  private static void guarded(Stage stage) {
    FakeKubelet own = stage.node(OWN, 10);
    String path = Stage.nodePath(own.node());
    for (String dry : List.of("", DRY)) {
      for (String patch :
          List.of(
              CORDON,
              "{'metadata':{'labels':{'x':'y'}}}",
              "{'spec':{'taints':[{'key':'x','effect':'NoSchedule'}]}}")) {
        int code = as(stage, "holter-remedy", path + dry, Wire.MERGE, patch);
        that(code == 403 || code == 422, patch + dry + ": " + code);
      }
    }
    that(!stage.get(path).at("/spec/unschedulable").asBoolean(), "it was cordoned");
    stage.cordon(own, true);
    stage.until("its taint", () -> stage.tainted(own, "unschedulable", "NoSchedule"));
    code(as(stage, "holter-remedy", path + DRY, Wire.MERGE, UNCORDON), 200, "a dry uncordon");
    that(stage.get(path).at("/spec/unschedulable").asBoolean(), "a dry run uncordoned");
  }

  private static void takenBack(Stage stage) {
    FakeKubelet own = stage.node(OWN, 10);
    String path = Stage.nodePath(own.node());
    String mark = "{'metadata':{'annotations':{'holter.io/plan':'p1'}}%s}";
    String closed =
        "{'metadata':{'annotations':{'holter.io/plan':null}},'spec':{'unschedulable':%s}}";
    for (boolean cordoned : List.of(false, true)) {
      stage.cordon(own, cordoned);
      int code = as(stage, "holter-remedy", path, Wire.MERGE, mark.formatted(""));
      that(code == 403 || code == 422, "a mark without an opening: " + code);
    }
    String opens = mark.formatted(",'spec':{'unschedulable':false}");
    code(as(stage, "holter-remedy", path, Wire.MERGE, opens), 200, "opening and marking");
    int marked = as(stage, "holter-remedy", path, Wire.MERGE, CORDON);
    that(marked == 403 || marked == 422, "closing, and keeping the mark: " + marked);
    code(as(stage, "holter-remedy", path, Wire.MERGE, closed.formatted(true)), 200, "closing");
    that(stage.get(path).at("/spec/unschedulable").asBoolean(), "it is open");
    stage.cordon(own, false);
    int again = as(stage, "holter-remedy", path, Wire.MERGE, closed.formatted(true));
    that(again == 403 || again == 422, "closing what others opened: " + again);
  }
}
