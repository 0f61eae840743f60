package holter.server.kube;

import holter.diagnose.UnaskedWords;
import holter.remedy.KubeNode;
import holter.words.Sentence;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/** What is told of nodes elsewhere than in their objects: by kubelets, leases and events. */
final class WorldFigures {
  /** Kubelets that are asked, all at once; each has the cluster's deadline. */
  private static final int KUBELETS_MAX = 64;

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final KubeCluster cluster;
  private final Kubelets kubelets;

  WorldFigures(KubeCluster cluster) {
    this.cluster = cluster;
    this.kubelets = new Kubelets(cluster);
  }

  /** Figures by node, asked again until all rates are known or the patience is over. */
  Map<String, Kubelets.Figures> ask(
      List<Node> nodes, Duration patience, KubeWorldReader.Unread unread)
      throws InterruptedException {
    long endNs = System.nanoTime() + patience.toNanos();
    var told = new HashMap<String, Kubelets.Figures>();
    List<String> left =
        nodes.stream()
            .sorted(Comparator.comparing((Node n) -> !KubeNodes.seen(n, Double.NaN).cordoned()))
            .limit(KUBELETS_MAX)
            .map(n -> n.getMetadata().getName())
            .toList();
    if (nodes.size() > KUBELETS_MAX) {
      unread.add("kubelets", Sentence.of(UnaskedWords.KUBE_MANY, KUBELETS_MAX));
    }
    while (true) {
      told.putAll(round(left, unread));
      left =
          left.stream()
              .filter(name -> told.containsKey(name))
              .filter(name -> !told.getOrDefault(name, Kubelets.Figures.NONE).steady())
              .toList();
      if (left.isEmpty() || System.nanoTime() + PAUSE.toNanos() > endNs) {
        return told;
      }
      Thread.sleep(PAUSE);
    }
  }

  private Map<String, Kubelets.Figures> round(List<String> names, KubeWorldReader.Unread unread) {
    var asked = new LinkedHashMap<String, CompletableFuture<Kubelets.Figures>>();
    var told = new HashMap<String, Kubelets.Figures>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String name : names) {
        asked.put(name, CompletableFuture.supplyAsync(() -> kubelets.ask(name), threads));
      }
    }
    asked.forEach(
        (name, answer) -> {
          try {
            told.put(name, answer.join());
          } catch (CompletionException failed) {
            if (!(failed.getCause() instanceof KubernetesClientException refused)) {
              throw failed;
            }
            unread.refused("kubelet of " + name, refused);
          }
        });
    return told;
  }

  /** How long ago each kubelet renewed its lease, by our clock; never less than nothing. */
  Map<String, Long> leaseAges(LongSupplier wallMs, KubeWorldReader.Unread unread) {
    var ages = new HashMap<String, Long>();
    String path = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
    try {
      for (Lease lease : Pages.all(cluster, path, LeaseList.class).items()) {
        var renewed = lease.getSpec() == null ? null : lease.getSpec().getRenewTime();
        if (renewed != null) {
          long ageMs = wallMs.getAsLong() - renewed.toInstant().toEpochMilli();
          ages.put(lease.getMetadata().getName(), Math.max(0, ageMs));
        }
      }
    } catch (KubernetesClientException refused) {
      unread.refused("leases", refused);
    }
    return ages;
  }

  /**
   * What happened to each node, as far as Kubernetes remembers: an hour by default; empty when not
   * all could be read.
   */
  Optional<Map<String, List<KubeNode.NodeEvent>>> events(KubeWorldReader.Unread unread) {
    var events = new HashMap<String, List<KubeNode.NodeEvent>>();
    String path = "/api/v1/events?fieldSelector=" + Pages.encoded("involvedObject.kind=Node");
    try {
      Pages.Listed<Event> told = Pages.all(cluster, path, EventList.class);
      for (Event event : told.items()) {
        String node = KubePods.text(event.getInvolvedObject().getName());
        events
            .computeIfAbsent(node, _ -> new ArrayList<>())
            .add(new KubeNode.NodeEvent(KubePods.text(event.getReason()), wallMs(event)));
      }
      if (told.cut()) {
        unread.add("events", Sentence.of(UnaskedWords.KUBE_MANY, Pages.MOST));
        return Optional.empty();
      }
      return Optional.of(events);
    } catch (KubernetesClientException refused) {
      unread.refused("events", refused);
      return Optional.empty();
    }
  }

  /** When it was seen last; old and new events date differently. */
  static long wallMs(Event event) {
    long last = KubeNodes.wallMs(event.getLastTimestamp());
    return last < 0 && event.getEventTime() != null
        ? KubeNodes.wallMs(event.getEventTime().getTime())
        : last;
  }
}
