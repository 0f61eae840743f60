package holter.lab.run;

import holter.lab.kube.KubeScene;
import holter.lab.kube.KubeSim;
import holter.lab.kube.KubeletFigures;
import holter.lab.kube.NodeSpec;
import holter.lab.kube.PodOnNode;
import holter.lab.kube.control.Pace;
import holter.lab.net.LabNet;
import holter.lab.pod.Hog;
import holter.lab.pod.HogSpec;
import holter.lab.process.Deadline;
import holter.lab.process.LabException;
import holter.lab.scenario.Fault;
import holter.lab.scenario.Kubernetes;
import holter.lab.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The Kubernetes of a scenario: a simulated API server with the brokers' hosts as nodes, and pods
 * whose bytes are real. A pod that moves takes its bytes with it. Thread-safe.
 */
final class KubePlace implements AutoCloseable {
  private static final String NAMESPACE = "iot";
  private static final Duration READY_LIMIT = Duration.ofSeconds(20);
  private static final long DISK_BYTES = 200L << 30;
  private static final long INODES = 13_000_000;
  private static final Duration HOGS_LAST_LONGER = Duration.ofMinutes(10);

  private final Scenario scenario;
  private final LabNet net;
  private final KubeSim sim;
  private final Path kubeconfig;
  private final Map<String, PodOnNode> running = new HashMap<>();
  private final Map<String, List<Hog>> hogs = new HashMap<>();
  private final Map<String, Fault.NicSaturate> talking = new HashMap<>();
  private boolean closed;

  private KubePlace(Scenario scenario, LabNet net, Path directory) {
    this.scenario = scenario;
    this.net = net;
    this.sim = KubeSim.cluster(Pace.REAL, 1);
    try {
      this.kubeconfig = sim.writeKubeconfig(directory.resolve("kubeconfig"));
    } catch (IOException unwritable) {
      sim.close();
      throw new UncheckedIOException("the kubeconfig cannot be written", unwritable);
    }
  }

  /** Builds it; when this returns all pods are ready. */
  static KubePlace start(Scenario scenario, LabNet net, Path directory) {
    var place = new KubePlace(scenario, net, directory);
    try {
      place.build();
      return place;
    } catch (RuntimeException failed) {
      place.close();
      throw failed;
    }
  }

  private void build() {
    sim.listen(new Moves());
    KubeScene scene = sim.scene();
    scene.namespace(NAMESPACE);
    for (String host : scenario.brokerHosts()) {
      Kubernetes.NodeState state = state(host);
      scene.node(NodeSpec.of(host).withPods(state.pods()).calmFor(state.calmFor()));
      long used = DISK_BYTES / 100 * state.diskPercent();
      sim.figures().disk(host, new KubeletFigures.Disk(DISK_BYTES, used, INODES, INODES / 10));
      if (state.cordoned()) {
        scene.cordon(host);
      }
    }
    for (Kubernetes.Workload workload : scenario.kubernetes().workloads()) {
      var made = KubeScene.Workload.of(workload.name(), workload.replicas()).in(NAMESPACE);
      scene.deploy(workload.node().isEmpty() ? made : made.on(workload.node()));
      // one after the other: who may stand anywhere must not take the places of who may not
      boolean ready = Deadline.in(READY_LIMIT).await(() -> ready(scene, workload));
      if (!ready) {
        throw new LabException(
            "the pods of " + workload.name() + " did not become ready; have its nodes room?");
      }
    }
  }

  private Kubernetes.NodeState state(String host) {
    return scenario.kubernetes().nodes().getOrDefault(host, Kubernetes.NodeState.USUAL);
  }

  private static boolean ready(KubeScene scene, Kubernetes.Workload workload) {
    return scene.running(NAMESPACE, workload.name()).size() == workload.replicas();
  }

  /** How to reach its API server. */
  Path kubeconfig() {
    return kubeconfig;
  }

  /** Nodes that a workload's pods run on now, one for each. */
  synchronized List<String> nodesOf(String workload) {
    return running.values().stream()
        .filter(pod -> pod.workload().equals(workload))
        .map(PodOnNode::node)
        .sorted()
        .toList();
  }

  /** The pods of the workload that the fault names begin to send as it says, or end. */
  synchronized void talk(Fault.NicSaturate fault, boolean begins) {
    if (begins) {
      talking.put(fault.pod(), fault);
    } else {
      talking.remove(fault.pod());
    }
    running.values().stream()
        .filter(pod -> pod.workload().equals(fault.pod()))
        .forEach(pod -> adjust(pod, begins));
  }

  private void adjust(PodOnNode pod, boolean runs) {
    hogs.getOrDefault(pod.uid(), List.of()).forEach(Hog::close);
    hogs.remove(pod.uid());
    Fault.NicSaturate fault = talking.get(pod.workload());
    if (runs && fault != null && !closed && !pod.node().equals(fault.peer())) {
      hogs.put(pod.uid(), start(pod, fault));
    }
  }

  private List<Hog> start(PodOnNode pod, Fault.NicSaturate fault) {
    var workload = scenario.kubernetes().workload(pod.workload()).orElseThrow();
    int flows = Math.max(1, fault.flows() / workload.replicas());
    var all = new ArrayList<Hog>();
    if (fault.direction() != Scenario.Direction.IN) {
      all.add(hog(pod.name() + "-out", pod.node(), fault.peer(), flows, workload));
    }
    if (fault.direction() != Scenario.Direction.OUT) {
      all.add(hog(pod.name() + "-in", fault.peer(), pod.node(), flows, workload));
    }
    sim.figures()
        .counted(
            pod.namespace(),
            pod.name(),
            () -> bytes(all, hog -> hog.spec().to().equals(pod.node()), Hog::receivedBytes),
            () -> bytes(all, hog -> hog.spec().from().equals(pod.node()), Hog::sentBytes));
    return List.copyOf(all);
  }

  private Hog hog(String name, String from, String to, int flows, Kubernetes.Workload workload) {
    var lasts = scenario.runFor().plus(HOGS_LAST_LONGER);
    return Hog.start(new HogSpec(name, from, to, flows, workload.bytesPerS(), lasts), net);
  }

  private static long bytes(List<Hog> hogs, Predicate<Hog> which, ToLongFunction<Hog> count) {
    return hogs.stream().filter(which).mapToLong(count).sum();
  }

  /** A kubelet does not wait for sockets: what is to be done is done by a thread of its own. */
  private final class Moves implements PodOnNode.Listener {
    @Override
    public void started(PodOnNode pod) {
      Thread.ofVirtual().name("lab-pod").start(() -> changed(pod, true));
    }

    @Override
    public void stopped(PodOnNode pod) {
      Thread.ofVirtual().name("lab-pod").start(() -> changed(pod, false));
    }
  }

  private synchronized void changed(PodOnNode pod, boolean runs) {
    if (runs) {
      running.put(pod.uid(), pod);
    } else {
      running.remove(pod.uid());
    }
    adjust(pod, runs);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      hogs.values().forEach(all -> all.forEach(Hog::close));
    }
    sim.close();
  }
}
