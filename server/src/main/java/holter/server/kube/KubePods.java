package holter.server.kube;

import holter.diagnose.KubeFact;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pod's object tells of it. */
final class KubePods {
  private static final String TEMPLATE_HASH = "pod-template-hash";

  private KubePods() {}

  static KubeFact.PodSeen seen(Pod pod, Eligible eligible, double bytesPerS) {
    List<ContainerStatus> containers = containers(pod);
    ContainerStateTerminated last = lastEnd(containers);
    String phase = text(pod.getStatus() == null ? null : pod.getStatus().getReason());
    String reason = last == null ? "" : text(last.getReason());
    return new KubeFact.PodSeen(
        pod.getMetadata().getName(),
        node(pod),
        owner(pod),
        ready(pod),
        containers.stream()
            .mapToInt(c -> c.getRestartCount() == null ? 0 : c.getRestartCount())
            .sum(),
        phase.isEmpty() ? reason : phase,
        last == null || last.getExitCode() == null ? -1 : last.getExitCode(),
        eligible.of(pod),
        bytesPerS);
  }

  /** Empty while it has none. */
  static String node(Pod pod) {
    return pod.getSpec() == null ? "" : text(pod.getSpec().getNodeName());
  }

  static boolean ready(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static List<ContainerStatus> containers(Pod pod) {
    var all = new ArrayList<ContainerStatus>();
    if (pod.getStatus() != null) {
      if (pod.getStatus().getContainerStatuses() != null) {
        all.addAll(pod.getStatus().getContainerStatuses());
      }
      if (pod.getStatus().getInitContainerStatuses() != null) {
        all.addAll(pod.getStatus().getInitContainerStatuses());
      }
    }
    return all;
  }

  /** The end that is told last, of any container. */
  private static @Nullable ContainerStateTerminated lastEnd(List<ContainerStatus> containers) {
    var ends = new ArrayList<ContainerStateTerminated>();
    for (ContainerStatus each : containers) {
      if (each.getState() != null && each.getState().getTerminated() != null) {
        ends.add(each.getState().getTerminated());
      }
      if (each.getLastState() != null && each.getLastState().getTerminated() != null) {
        ends.add(each.getLastState().getTerminated());
      }
    }
    return ends.stream().max(Comparator.comparing(e -> text(e.getFinishedAt()))).orElse(null);
  }

  static @Nullable OwnerReference controller(HasMetadata pod) {
    List<OwnerReference> owners = pod.getMetadata().getOwnerReferences();
    return owners == null
        ? null
        : owners.stream()
            .filter(o -> Boolean.TRUE.equals(o.getController()))
            .findFirst()
            .orElse(null);
  }

  /** Empty when nothing makes it. */
  static String ownerKind(Pod pod) {
    OwnerReference owner = controller(pod);
    return owner == null ? "" : text(owner.getKind());
  }

  /** A ReplicaSet with a template's hash in its name is its Deployment's. */
  private static String owner(Pod pod) {
    OwnerReference owner = controller(pod);
    if (owner == null) {
      return "";
    }
    Map<String, String> labels = pod.getMetadata().getLabels();
    String hash = labels == null ? "" : text(labels.get(TEMPLATE_HASH));
    String name = text(owner.getName());
    return "ReplicaSet".equals(owner.getKind()) && !hash.isEmpty() && name.endsWith("-" + hash)
        ? "Deployment/" + name.substring(0, name.length() - hash.length() - 1)
        : owner.getKind() + "/" + name;
  }

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
