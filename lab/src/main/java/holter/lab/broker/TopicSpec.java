package holter.lab.broker;

import java.util.List;
import java.util.Map;

/**
 * A topic with explicit replica lists.
 *
 * @param name its name
 * @param replicas per partition the brokers that hold it, preferred leader first
 * @param configs overrides, empty in the incident
 */
public record TopicSpec(String name, List<List<Integer>> replicas, Map<String, String> configs) {
  public TopicSpec {
    replicas = replicas.stream().map(List::copyOf).toList();
    configs = Map.copyOf(configs);
  }

  public TopicSpec(String name, List<List<Integer>> replicas) {
    this(name, replicas, Map.of());
  }
}
