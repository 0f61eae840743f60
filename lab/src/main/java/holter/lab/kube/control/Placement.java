package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The nodes that the simulated scheduler holds for best: it takes any of them. */
public final class Placement {
  private Placement() {}

  /**
   * Where a pod would be put.
   *
   * @param pods all there are
   * @param selector of the pod's ReplicaSet; missing: nobody's
   * @return names in order; empty: nowhere
   */
  public static List<String> best(
      ObjectNode pod, List<ObjectNode> nodes, List<ObjectNode> pods, JsonNode selector) {
    List<Load> fit =
        Load.of(nodes, pods).stream().filter(load -> Filters.reasons(pod, load).isEmpty()).toList();
    return fit.isEmpty()
        ? List.of()
        : ranked(pod, fit, pods, selector).stream().map(Load::name).toList();
  }

  /** Of those that take it the best, in order, so that a seed alone decides between them. */
  static List<Load> ranked(
      ObjectNode pod, List<Load> fit, List<ObjectNode> pods, JsonNode selector) {
    long[] scores = new Scores(pod, fit, pods).all(selector);
    long most = Arrays.stream(scores).max().orElse(0);
    List<Load> best = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] == most) best.add(fit.get(i));
    }
    best.sort(Comparator.comparing(Load::name));
    return best;
  }
}
