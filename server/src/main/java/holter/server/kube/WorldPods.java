package holter.server.kube;

import holter.remedy.KubeWorld;
import holter.server.kube.WorldNodes.Quantities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pods as a plan needs to know them. */
final class WorldPods {
  /** What the scheduler counts for a container that asks for nothing (its GetNonzeroRequests). */
  private static final long CPU_M = 100;

  private static final long MEMORY_BYTES = 200L << 20;

  private static final String MIRROR = "kubernetes.io/config.mirror";

  private final Eligible eligible;
  private final Map<String, Double> rates;
  private final WorldOwners owners;
  private final WorldVolumes volumes;

  /**
   * @param rates bytes per second by uid
   */
  WorldPods(
      Eligible eligible, Map<String, Double> rates, WorldOwners owners, WorldVolumes volumes) {
    this.eligible = eligible;
    this.rates = rates;
    this.owners = owners;
    this.volumes = volumes;
  }

  /** Is it bound, and not over? */
  static boolean stands(Pod pod) {
    String phase = pod.getStatus() == null ? "" : KubePods.text(pod.getStatus().getPhase());
    return !KubePods.node(pod).isEmpty() && !Set.of("Succeeded", "Failed").contains(phase);
  }

  KubeWorld.Pod of(Pod pod) {
    String uid = KubePods.text(pod.getMetadata().getUid());
    var may = new HashSet<>(eligible.namesOf(pod));
    volumes.nodesOf(pod).ifPresent(may::retainAll);
    return new KubeWorld.Pod(
        KubePods.text(pod.getMetadata().getNamespace()),
        pod.getMetadata().getName(),
        uid,
        KubePods.node(pod),
        owners.of(pod).orElse(""),
        demand(pod.getSpec()),
        rates.getOrDefault(uid, Double.NaN),
        may,
        KubePods.ready(pod),
        pod.getMetadata().getDeletionTimestamp() != null,
        stays(pod));
  }

  private String stays(Pod pod) {
    Map<String, String> notes = pod.getMetadata().getAnnotations();
    OwnerReference owner = KubePods.controller(pod);
    if (notes != null && notes.containsKey(MIRROR)) {
      return "mirror";
    }
    if (owner == null) {
      return "noController";
    }
    Optional<String> known = owners.of(pod);
    if (known.isEmpty()) {
      return KubePods.text(owner.getKind());
    }
    if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
      return "hostNetwork";
    }
    List<Volume> mounted = pod.getSpec().getVolumes();
    if (mounted != null && mounted.stream().anyMatch(v -> v.getEmptyDir() != null)) {
      return "emptyDir";
    }
    if (volumes.local(pod)) {
      return "localVolume";
    }
    return "";
  }

  /** Containers together, or the greatest of those that run before them, if that is more. */
  static KubeWorld.Demand demand(PodSpec spec) {
    long cpu = 0;
    long memory = 0;
    long assumedCpu = 0;
    long assumedMemory = 0;
    var ports = new HashSet<String>();
    for (Container each : spec.getContainers()) {
      cpu += cpu(each, 0);
      memory += memory(each, 0);
      assumedCpu += cpu(each, CPU_M);
      assumedMemory += memory(each, MEMORY_BYTES);
      ports.addAll(ports(each));
    }
    long beside = 0; // those that start first and stay
    long besideBytes = 0;
    long firstCpu = 0;
    long firstMemory = 0;
    for (Container each : orNone(spec.getInitContainers())) {
      if ("Always".equals(each.getRestartPolicy())) {
        beside += cpu(each, 0);
        besideBytes += memory(each, 0);
        ports.addAll(ports(each));
      } else {
        firstCpu = Math.max(firstCpu, beside + cpu(each, 0));
        firstMemory = Math.max(firstMemory, besideBytes + memory(each, 0));
      }
    }
    Map<String, Quantity> overhead = spec.getOverhead() == null ? Map.of() : spec.getOverhead();
    long overCpu = Quantities.milli(overhead.get("cpu"));
    long overMemory = Quantities.whole(overhead.get("memory"));
    return new KubeWorld.Demand(
        Math.max(cpu + beside, firstCpu) + overCpu,
        Math.max(memory + besideBytes, firstMemory) + overMemory,
        Math.max(assumedCpu + beside, firstCpu) + overCpu,
        Math.max(assumedMemory + besideBytes, firstMemory) + overMemory,
        ports);
  }

  private static long cpu(Container container, long unasked) {
    Quantity asked = requests(container).get("cpu");
    return asked == null ? unasked : Quantities.milli(asked);
  }

  private static long memory(Container container, long unasked) {
    Quantity asked = requests(container).get("memory");
    return asked == null ? unasked : Quantities.whole(asked);
  }

  private static Map<String, Quantity> requests(Container container) {
    return container.getResources() == null || container.getResources().getRequests() == null
        ? Map.of()
        : container.getResources().getRequests();
  }

  private static List<String> ports(Container container) {
    return orNone(container.getPorts()).stream()
        .filter(port -> port.getHostPort() != null && port.getHostPort() > 0)
        .map(
            port ->
                (port.getProtocol() == null ? "TCP" : port.getProtocol())
                    + "/"
                    + port.getHostPort())
        .toList();
  }

  static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
