package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a node has and what the pods bound to it asked for.
 *
 * @param pods how many
 * @param cpuM requested millicores, real requests only
 * @param assumedCpuM the same, where a container without a request counts as {@value
 *     #ASSUMED_CPU_M}
 * @param ports of the host that are taken
 */
record Load(
    JsonNode node,
    int pods,
    long cpuM,
    long memory,
    long assumedCpuM,
    long assumedMemory,
    Set<String> ports) {
  /** What kube-scheduler takes a container without a request for, when it scores. */
  static final long ASSUMED_CPU_M = 100;

  static final long ASSUMED_MEMORY = 200L * 1024 * 1024;

  /** What one pod asks for. */
  record Request(long cpuM, long memory, long assumedCpuM, long assumedMemory, Set<String> ports) {
    static Request of(JsonNode pod) {
      long cpuM = 0;
      long memory = 0;
      long assumedCpuM = 0;
      long assumedMemory = 0;
      Set<String> ports = new HashSet<>();
      for (JsonNode container : pod.at("/spec/containers")) {
        JsonNode requests = container.at("/resources/requests");
        cpuM += millis(requests.path("cpu"));
        memory += bytes(requests.path("memory"));
        assumedCpuM += requests.has("cpu") ? millis(requests.path("cpu")) : ASSUMED_CPU_M;
        assumedMemory += requests.has("memory") ? bytes(requests.path("memory")) : ASSUMED_MEMORY;
        for (JsonNode port : container.path("ports")) {
          if (port.has("hostPort")) {
            ports.add(port.path("protocol").asText("TCP") + port.path("hostPort").asInt());
          }
        }
      }
      return new Request(cpuM, memory, assumedCpuM, assumedMemory, ports);
    }
  }

  static long millis(JsonNode quantity) {
    return quantity.isMissingNode()
        ? 0
        : Quantity.parse(quantity.asText()).getNumericalAmount().movePointRight(3).longValue();
  }

  static long bytes(JsonNode quantity) {
    return quantity.isMissingNode()
        ? 0
        : Quantity.parse(quantity.asText()).getNumericalAmount().longValue();
  }

  long capacityCpuM() {
    return millis(node.at("/status/allocatable/cpu"));
  }

  long capacityMemory() {
    return bytes(node.at("/status/allocatable/memory"));
  }

  int capacityPods() {
    return node.at("/status/allocatable/pods").asInt();
  }

  String name() {
    return Json.name(node);
  }

  Load and(Request request) {
    Set<String> taken = new HashSet<>(ports);
    taken.addAll(request.ports());
    return new Load(
        node,
        pods + 1,
        cpuM + request.cpuM(),
        memory + request.memory(),
        assumedCpuM + request.assumedCpuM(),
        assumedMemory + request.assumedMemory(),
        taken);
  }

  /** Of all nodes; a pod that is over asks for nothing, one that is leaving still does. */
  static List<Load> of(List<ObjectNode> nodes, List<ObjectNode> pods) {
    Map<String, Load> loads = new HashMap<>();
    for (ObjectNode node : nodes) {
      loads.put(Json.name(node), new Load(node, 0, 0, 0, 0, 0, Set.of()));
    }
    for (ObjectNode pod : pods) {
      boolean over = Set.of("Succeeded", "Failed").contains(pod.at("/status/phase").asText());
      if (!over) {
        loads.computeIfPresent(
            pod.at("/spec/nodeName").asText(), (name, load) -> load.and(Request.of(pod)));
      }
    }
    return List.copyOf(loads.values());
  }
}
