package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.kube.store.Terms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Why a pod cannot be put on a node, in kube-scheduler's order and words. */
final class Filters {
  private static final Set<String> HARD = Set.of("NoSchedule", "NoExecute");

  private Filters() {}

  /** Empty when it can; else the reasons of the first filter that refuses. */
  static List<String> reasons(JsonNode pod, Load load) {
    JsonNode spec = pod.path("spec");
    JsonNode node = load.node();
    JsonNode taint = Tolerations.unborne(spec, node.at("/spec/taints"), HARD);
    if (node.at("/spec/unschedulable").asBoolean() && !bearsCordon(spec)) {
      return List.of("node(s) were unschedulable");
    }
    if (!taint.isMissingNode()) {
      return List.of(
          "node(s) had untolerated taint {%s: %s}"
              .formatted(taint.path("key").asText(), taint.path("value").asText()));
    }
    if (!Terms.admits(spec, node)) {
      return List.of("node(s) didn't match Pod's node affinity/selector");
    }
    Load.Request request = Load.Request.of(pod);
    if (!Collections.disjoint(request.ports(), load.ports())) {
      return List.of("node(s) didn't have free ports for the requested pod ports");
    }
    return resources(request, load);
  }

  private static boolean bearsCordon(JsonNode spec) {
    var cordon =
        holter.lab.kube.store.Json.object()
            .put("key", "node.kubernetes.io/unschedulable")
            .put("effect", "NoSchedule");
    for (JsonNode toleration : spec.path("tolerations")) {
      if (Tolerations.bears(toleration, cordon)) return true;
    }
    return false;
  }

  private static List<String> resources(Load.Request request, Load load) {
    List<String> reasons = new ArrayList<>();
    if (load.pods() + 1 > load.capacityPods()) {
      reasons.add("Too many pods");
    }
    if (request.cpuM() > 0 && request.cpuM() > load.capacityCpuM() - load.cpuM()) {
      reasons.add("Insufficient cpu");
    }
    if (request.memory() > 0 && request.memory() > load.capacityMemory() - load.memory()) {
      reasons.add("Insufficient memory");
    }
    return reasons;
  }
}
