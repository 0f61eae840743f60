package holter.server.kube;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Looks at nodes, pods and what happened to them: lists in pages, bounded, nothing is written. What
 * may not be read is a fact, and the rest is told all the same. Each call has the cluster's own
 * deadline. A pod's network is known from the second look on, because the kubelet only counts.
 * Thread-safe.
 */
public final class KubeLook {
  private static final int PAGE = 500;
  private static final int PAGES_MAX = 10;
  private static final int PODS_TOLD_MAX = 300;
  private static final int EVENTS_TOLD_MAX = 60;

  /** Nodes whose kubelet is asked for its counters, in one look. */
  private static final int KUBELETS_MAX = 12;

  private static final int FORBIDDEN = 403;

  private final KubeCluster cluster;
  private final LongSupplier clockMs;
  private final Map<String, Counted> counted = new ConcurrentHashMap<>();

  /** A pod's bytes since its start, and when that was. */
  private record Counted(long wallMs, double rx, double tx) {
    /** Of the busier direction, as a host's load is told; NaN when nothing new was counted. */
    double since(Counted before) {
      double most = Math.max(rx - before.rx, tx - before.tx);
      boolean further = wallMs > before.wallMs && rx >= before.rx && tx >= before.tx;
      return further ? most * 1000 / (wallMs - before.wallMs) : Double.NaN;
    }
  }

  /**
   * @param clockMs engine time
   */
  public KubeLook(KubeCluster cluster, LongSupplier clockMs) {
    this.cluster = cluster;
    this.clockMs = clockMs;
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
    var all = new ArrayList<T>();
    String next = "";
    for (int page = 0; page < PAGES_MAX; page++) {
      String mark = path.contains("?") ? "&" : "?";
      String more = next.isEmpty() ? "" : "&continue=" + encoded(next);
      L list =
          cluster
              .get(path + mark + "limit=" + PAGE + more, type)
              .orElseThrow(() -> new KubernetesClientException(path + " is not there"));
      all.addAll(list.getItems());
      next = list.getMetadata() == null ? "" : KubePods.text(list.getMetadata().getContinue());
      if (next.isEmpty()) {
        break;
      }
    }
    return all;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
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

  /** The kubelet's counters: its root disk, and each pod's network by the date of its record. */
  private void summary(String node, Map<String, Double> disks, Map<String, Double> rates) {
    JsonNode told =
        cluster
            .tree("/api/v1/nodes/" + node + "/proxy/stats/summary")
            .orElseThrow(() -> new KubernetesClientException("its kubelet tells no figures"));
    JsonNode disk = told.path("node").path("fs");
    double capacity = disk.path("capacityBytes").asDouble(0);
    if (capacity > 0 && disk.has("availableBytes")) {
      disks.put(node, 1 - disk.path("availableBytes").asDouble() / capacity);
    }
    for (JsonNode pod : told.path("pods")) {
      JsonNode network = pod.path("network");
      long wallMs = KubeNodes.wallMs(network.path("time").asText(""));
      if (wallMs < 0 || !network.has("txBytes") || !network.has("rxBytes")) {
        continue;
      }
      String uid = pod.path("podRef").path("uid").asText();
      var now =
          new Counted(
              wallMs, network.path("rxBytes").asDouble(), network.path("txBytes").asDouble());
      if (counted.size() > PAGE * PAGES_MAX) {
        counted.clear();
      }
      Counted before = counted.get(uid);
      if (before == null || before.wallMs() < wallMs) {
        counted.put(uid, now);
      }
      if (before != null) {
        rates.put(uid, now.since(before));
      }
    }
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
      events.addAll(all("/api/v1/events?fieldSelector=" + encoded(which), EventList.class));
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
    long last = KubeNodes.wallMs(event.getLastTimestamp());
    long told =
        last < 0 && event.getEventTime() != null
            ? KubeNodes.wallMs(event.getEventTime().getTime())
            : last;
    var about = event.getInvolvedObject();
    return new KubeFact.KubeEvent(
        about == null ? "" : KubePods.text(about.getKind()),
        about == null ? "" : KubePods.text(about.getName()),
        KubePods.text(event.getReason()),
        KubePods.text(event.getMessage()),
        told);
  }

  private Observation seen(Fact fact) {
    return new Observation(Source.KUBERNETES, "kubernetes", clockMs.getAsLong(), fact);
  }

  private Observation unasked(String what, Sentence why) {
    return seen(new Fact.Unasked(Sentence.of(UnaskedWords.KUBE_PART, what), why));
  }
}
