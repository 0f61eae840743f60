package holter.lab.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import java.time.Duration;
import java.util.Map;

/**
 * A node to be made.
 *
 * @param cpu as Kubernetes writes it: {@code 4}, {@code 500m}
 * @param memory as Kubernetes writes it: {@code 16Gi}
 * @param pods how many it takes
 * @param labels besides hostname, system and architecture
 * @param calmFor since when its conditions are what they are, when it is made
 */
public record NodeSpec(
    String name,
    String cpu,
    String memory,
    int pods,
    Map<String, String> labels,
    Duration calmFor) {
  private static final int PODS = 110;

  public NodeSpec {
    labels = Map.copyOf(labels);
  }

  /** Four cores, 16 GiB, 110 pods. */
  public static NodeSpec of(String name) {
    return new NodeSpec(name, "4", "16Gi", PODS, Map.of(), Duration.ZERO);
  }

  public NodeSpec with(String label, String value) {
    Map<String, String> more = new java.util.HashMap<>(labels);
    more.put(label, value);
    return new NodeSpec(name, cpu, memory, pods, more, calmFor);
  }

  public NodeSpec withPods(int most) {
    return new NodeSpec(name, cpu, memory, most, labels, calmFor);
  }

  /** One whose conditions are old. */
  public NodeSpec calmFor(Duration since) {
    return new NodeSpec(name, cpu, memory, pods, labels, since);
  }

  ObjectNode object() {
    ObjectNode node = Json.object().put("apiVersion", "v1").put("kind", "Node");
    ObjectNode all = Json.meta(node).put("name", name).putObject("labels");
    all.put("kubernetes.io/hostname", name);
    all.put("kubernetes.io/os", "linux");
    all.put("kubernetes.io/arch", "amd64");
    labels.forEach(all::put);
    return node;
  }

  void capacity(ObjectNode status) {
    for (String part : new String[] {"capacity", "allocatable"}) {
      status
          .putObject(part)
          .put("cpu", cpu)
          .put("memory", memory)
          .put("ephemeral-storage", "100Gi")
          .put("pods", Integer.toString(pods));
    }
  }
}
