package holter.server.kube;

import holter.diagnose.Fact;
import holter.diagnose.KubeFact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Looks at nodes, pods and what happened to them: lists in pages, bounded, nothing is written. What
 * may not be read is a fact, and the rest is told all the same. Each call has the cluster's own
 * deadline. A pod's network is known from the second look on, because the kubelet only counts.
 * Thread-safe.
 */
public final class KubeLook {
  private static final int PODS_TOLD_MAX = 300;
  private static final int EVENTS_TOLD_MAX = 60;

  /** Nodes whose kubelet is asked for its counters, in one look. */
  private static final int KUBELETS_MAX = 12;

  private static final int FORBIDDEN = 403;

  private final KubeCluster cluster;
  private final LongSupplier clockMs;
  private final Kubelets kubelets;

  /**
   * @param clockMs engine time
   */
  public KubeLook(KubeCluster cluster, LongSupplier clockMs) {
    this.cluster = cluster;
    this.clockMs = clockMs;
    this.kubelets = new Kubelets(cluster);
  }

  /**
   * Tells what it sees as it comes.
   *
   * @param hosts of brokers: what is on them is told first
   * @param sinceWallMs events that are older are not told
   */
  public void look(Collection<String> hosts, long sinceWallMs, Consumer<Observation> heard) {
    List<Node> nodes = new ArrayList<>();
    attempt("nodes", heard, () -> nodes.addAll(all("/api/v1/nodes", NodeList.class)));
    var disks = new HashMap<String, Double>();
    var rates = new HashMap<String, Double>();
    List<String> asked = kubelets(nodes, hosts);
    for (String node : asked) {
      attempt("kubelet of " + node, heard, () -> summary(node, disks, rates));
    }
    for (Node node : nodes) {
      double disk = disks.getOrDefault(node.getMetadata().getName(), Double.NaN);
      heard.accept(seen(KubeNodes.seen(node, disk)));
    }
    attempt("pods", heard, () -> pods(nodes, Set.copyOf(asked), rates, heard));
    attempt("events", heard, () -> events(sinceWallMs, heard));
  }

  private void attempt(String what, Consumer<Observation> heard, Runnable call) {
    try {
      call.run();
    } catch (KubernetesClientException refused) {
      heard.accept(unasked(what, Sentence.of(UnaskedWords.KUBE, KubeCluster.why(refused))));
    }
  }

  private <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> all(
      String path, Class<L> type) {
    return new ArrayList<>(Pages.all(cluster, path, type).items());
  }

  /** Cordoned ones, whose disk decides, then the brokers', then the others. */
  private static List<String> kubelets(List<Node> nodes, Collection<String> hosts) {
    return nodes.stream()
        .sorted(
            Comparator.comparing((Node n) -> !KubeNodes.seen(n, Double.NaN).cordoned())
                .thenComparing(n -> !hosts.contains(n.getMetadata().getName())))
        .limit(KUBELETS_MAX)
        .map(n -> n.getMetadata().getName())
        .toList();
  }

  private void summary(String node, Map<String, Double> disks, Map<String, Double> rates) {
    Kubelets.Figures told = kubelets.ask(node);
    disks.put(node, told.diskUsedShare());
    rates.putAll(told.pods());
  }

  private void pods(
      List<Node> nodes, Set<String> near, Map<String, Double> rates, Consumer<Observation> heard) {
    List<Pod> pods;
    try {
      pods = all("/api/v1/pods", PodList.class);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != FORBIDDEN) {
        throw refused;
      }
      pods = all(cluster.podsPath(), PodList.class);
      heard.accept(unasked("pods", Sentence.of(UnaskedWords.KUBE_ONLY, cluster.namespace())));
    }
    Eligible eligible = new Eligible(nodes);
    pods.sort(Comparator.comparing((Pod pod) -> !near.contains(KubePods.node(pod))));
    for (Pod pod : pods.subList(0, Math.min(pods.size(), PODS_TOLD_MAX))) {
      double rate = rates.getOrDefault(KubePods.text(pod.getMetadata().getUid()), Double.NaN);
      heard.accept(seen(KubePods.seen(pod, eligible, rate)));
    }
    if (pods.size() > PODS_TOLD_MAX) {
      Sentence cut = Sentence.of(UnaskedWords.CUT, pods.size() - PODS_TOLD_MAX);
      heard.accept(unasked("pods", cut));
    }
  }

  /** About nodes all, about pods those that were sent away or killed; the latest ones. */
  private void events(long sinceWallMs, Consumer<Observation> heard) {
    var events = new ArrayList<Event>();
    for (String which : new TreeSet<>(Set.of("involvedObject.kind=Node", "type=Warning"))) {
      events.addAll(all("/api/v1/events?fieldSelector=" + Pages.encoded(which), EventList.class));
    }
    events.stream()
        .map(KubeLook::event)
        .filter(e -> e.lastWallMs() >= sinceWallMs)
        .filter(e -> e.kind().equals("Node") || e.kind().equals("Pod"))
        .distinct()
        .sorted(Comparator.comparingLong(KubeFact.KubeEvent::lastWallMs).reversed())
        .limit(EVENTS_TOLD_MAX)
        .forEach(e -> heard.accept(seen(e)));
  }

  private static KubeFact.KubeEvent event(Event event) {
    var about = event.getInvolvedObject();
    return new KubeFact.KubeEvent(
        about == null ? "" : KubePods.text(about.getKind()),
        about == null ? "" : KubePods.text(about.getName()),
        KubePods.text(event.getReason()),
        KubePods.text(event.getMessage()),
        WorldFigures.wallMs(event));
  }

  private Observation seen(Fact fact) {
    return new Observation(Source.KUBERNETES, "kubernetes", clockMs.getAsLong(), fact);
  }

  private Observation unasked(String what, Sentence why) {
    return seen(new Fact.Unasked(Sentence.of(UnaskedWords.KUBE_PART, what), why));
  }
}
