package holter.server.kube;

import holter.fleet.InstanceId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pods are the fleet's, and whose they are.
 *
 * @param selector a label selector; never empty, for that would mean all
 * @param instanceLabel the label that holds the instance's id; empty: the pod's name is it
 * @param container the worker's; empty: the pod's only one, or its default
 */
public record FleetPods(String selector, String instanceLabel, String container) {
  public FleetPods {
    if (selector.isBlank()) {
      throw new IllegalArgumentException("an empty selector means every pod");
    }
  }

  Optional<InstanceId> instance(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    String id =
        instanceLabel.isEmpty()
            ? pod.getMetadata().getName()
            : labels == null ? null : labels.get(instanceLabel);
    return id == null || id.isBlank() ? Optional.empty() : Optional.of(new InstanceId(id));
  }

  /** The instance's pods as they are now; more than one while one goes and the next one comes. */
  List<PodLife> of(InstanceId instance, KubeCluster cluster) {
    String query = "?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
    if (instanceLabel.isEmpty()) {
      query +=
          "&fieldSelector="
              + URLEncoder.encode("metadata.name=" + instance.value(), StandardCharsets.UTF_8);
    }
    return cluster.get(cluster.podsPath() + query, PodList.class).stream()
        .flatMap(list -> list.getItems().stream())
        .filter(pod -> instance(pod).filter(instance::equals).isPresent())
        .map(pod -> PodLife.of(pod, container))
        .toList();
  }
}
