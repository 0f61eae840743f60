package holter.server.kube;

import holter.diagnose.UnaskedWords;
import holter.remedy.KubeNode;
import holter.remedy.KubeWorld;
import holter.words.Sentence;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentList;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetList;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetList;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Reads a cluster as a plan needs to know it: nodes, pods, who makes them, budgets. Lists in pages,
 * bounded; each call has the cluster's own deadline; nothing is written. What may not be read is
 * said, and reading goes on. Rates are known from a kubelet's second record on: the same reader,
 * asked again, knows them at once. Not thread-safe.
 */
public final class KubeWorldReader {
  private static final String APPS = "/apis/apps/v1/";

  private final KubeCluster cluster;
  private final LongSupplier wallMs;
  private final WorldFigures figures;

  /**
   * @param wallMs the wall clock
   */
  public KubeWorldReader(KubeCluster cluster, LongSupplier wallMs) {
    this.cluster = cluster;
    this.wallMs = wallMs;
    this.figures = new WorldFigures(cluster);
  }

  /** What could not be read, as it comes up in one reading. */
  static final class Unread {
    private final List<Sentence> all = new ArrayList<>();

    void add(String what, Sentence why) {
      all.add(Sentence.of(UnaskedWords.KUBE_UNREAD, what, why));
    }

    void refused(String what, KubernetesClientException refused) {
      add(what, Sentence.of(UnaskedWords.KUBE, KubeCluster.why(refused)));
    }

    List<Sentence> all() {
      return all;
    }
  }

  /**
   * Reads it.
   *
   * @param nics bytes per second, one direction, of each node's network, by its name
   * @param patience how long second records of the kubelets are waited for: they come every 10 to
   *     15 s; zero: rates that are not known stay unknown
   */
  public KubeWorld read(Map<String, Double> nics, Duration patience) throws InterruptedException {
    long atMs = wallMs.getAsLong();
    var unread = new Unread();
    List<Node> nodes = list("nodes", "/api/v1/nodes", NodeList.class, unread);
    Map<String, Kubelets.Figures> told = figures.ask(nodes, patience, unread);
    Map<String, Long> leases = figures.leaseAges(wallMs, unread);
    Optional<Map<String, List<KubeNode.NodeEvent>>> events = figures.events(unread);

    List<Pod> pods = pods(unread).stream().filter(WorldPods::stands).toList();
    List<Deployment> deployments =
        list("deployments", APPS + "deployments", DeploymentList.class, unread);
    List<StatefulSet> stateful =
        list("statefulsets", APPS + "statefulsets", StatefulSetList.class, unread);
    Eligible eligible = new Eligible(nodes);
    var workloads = new WorldWorkloads(eligible);
    var made = new ArrayList<KubeWorld.Workload>();
    deployments.forEach(each -> made.add(workloads.of(each)));
    stateful.stream().map(workloads::of).filter(each -> named(made, each)).forEach(made::add);

    var budgets =
        list(
            KubeWorld.BUDGETS,
            "/apis/policy/v1/poddisruptionbudgets",
            PodDisruptionBudgetList.class,
            unread);
    var owners =
        new WorldOwners(
            list("replicasets", APPS + "replicasets", ReplicaSetList.class, unread), keys(made));
    var seen =
        new WorldPods(
            eligible, rates(told), owners, new WorldVolumes(volumes(pods, unread), eligible));
    return new KubeWorld(
        atMs,
        nodes.stream()
            .map(
                node -> {
                  String name = node.getMetadata().getName();
                  return WorldNodes.of(
                      node,
                      new WorldNodes.Aside(
                          nics.getOrDefault(name, Double.NaN),
                          told.getOrDefault(name, Kubelets.Figures.NONE),
                          leases.getOrDefault(name, -1L),
                          events
                              .map(all -> all.getOrDefault(name, List.of()))
                              .orElse(List.of(KubeNode.NodeEvent.UNREAD))));
                })
            .toList(),
        pods.stream().map(seen::of).toList(),
        made,
        budgets.stream().map(budget -> WorldBudgets.of(budget, pods)).toList(),
        unread.all());
  }

  /** A name that a Deployment has already would mean two: whose pods they are is not known then. */
  private static boolean named(List<KubeWorld.Workload> made, KubeWorld.Workload each) {
    return made.stream().noneMatch(other -> other.key().equals(each.key()));
  }

  private static Set<String> keys(List<KubeWorld.Workload> made) {
    var keys = new HashSet<String>();
    made.forEach(each -> keys.add(each.kind() + "/" + each.key()));
    return keys;
  }

  private static Map<String, Double> rates(Map<String, Kubelets.Figures> told) {
    var rates = new HashMap<String, Double>();
    told.values().forEach(each -> rates.putAll(each.pods()));
    return rates;
  }

  private <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> list(
      String what, String path, Class<L> type, Unread unread) {
    try {
      Pages.Listed<T> listed = Pages.all(cluster, path, type);
      if (listed.cut()) {
        unread.add(what, Sentence.of(UnaskedWords.KUBE_MANY, Pages.MOST));
      }
      return listed.items();
    } catch (KubernetesClientException refused) {
      unread.refused(what, refused);
      return List.of();
    }
  }

  /** Of our namespace at least, where not all may be listed. */
  private List<Pod> pods(Unread unread) {
    var first = new Unread();
    List<Pod> all = list("pods", "/api/v1/pods", PodList.class, first);
    unread.all().addAll(first.all());
    if (!all.isEmpty() || first.all().isEmpty()) {
      return all;
    }
    List<Pod> own = list("pods", cluster.podsPath(), PodList.class, new Unread());
    if (!own.isEmpty()) {
      unread.add("pods", Sentence.of(UnaskedWords.KUBE_ONLY, cluster.namespace()));
    }
    return own;
  }

  /** Only where somebody claims one: seldom needed, and a right of its own. */
  private List<PersistentVolume> volumes(List<Pod> pods, Unread unread) {
    return pods.stream().allMatch(pod -> WorldVolumes.claims(pod).isEmpty())
        ? List.of()
        : list(
            "persistentvolumes", "/api/v1/persistentvolumes", PersistentVolumeList.class, unread);
  }
}
