package holter.lab.kube.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.store.Json;
import holter.lab.kube.store.Selector;
import holter.lab.kube.store.Terms;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How well a pod would stand on each of the nodes that take it: by requests, never by use. Plugins
 * and weights are those of kube-scheduler's default profile; images weigh nothing here.
 */
final class Scores {
  private static final int MAX = 100;
  private static final int WEIGHT_TAINTS = 3;
  private static final int WEIGHT_AFFINITY = 2;
  private static final int WEIGHT_SPREAD = 2;
  private static final int SKEW_HOST = 3;
  private static final int SKEW_ZONE = 5;
  private static final String ZONE = "topology.kubernetes.io/zone";

  private final JsonNode pod;
  private final List<Load> loads;
  private final List<ObjectNode> pods;

  /**
   * @param loads of the nodes that take it
   * @param pods all there are
   */
  Scores(JsonNode pod, List<Load> loads, List<ObjectNode> pods) {
    this.pod = pod;
    this.loads = loads;
    this.pods = pods;
  }

  /**
   * One score for each load, in order.
   *
   * @param selector of the pod's ReplicaSet; missing: nobody's
   */
  long[] all(JsonNode selector) {
    long[] total = new long[loads.size()];
    Load.Request request = Load.Request.of(pod);
    boolean asks = request.cpuM() > 0 || request.memory() > 0; // else that plugin is skipped
    for (int i = 0; i < total.length; i++) {
      total[i] = least(loads.get(i), request) + (asks ? balanced(loads.get(i), request) : 0);
    }
    add(total, WEIGHT_TAINTS, turned(each(Scores.this::softTaints)));
    add(total, WEIGHT_AFFINITY, scaled(each(this::preferred)));
    if (!selector.isMissingNode()) add(total, WEIGHT_SPREAD, spread(selector));
    return total;
  }

  private double[] each(ToDoubleFunction<Load> of) {
    return loads.stream().mapToDouble(of).toArray();
  }

  private static void add(long[] total, int weight, double[] scores) {
    for (int i = 0; i < total.length; i++) total[i] += weight * (long) scores[i];
  }

  private static long least(Load load, Load.Request request) {
    long cpu = free(load.assumedCpuM() + request.assumedCpuM(), load.capacityCpuM());
    long memory = free(load.assumedMemory() + request.assumedMemory(), load.capacityMemory());
    return (cpu + memory) / 2;
  }

  private static long free(long requested, long capacity) {
    return capacity <= 0 || requested > capacity ? 0 : (capacity - requested) * MAX / capacity;
  }

  private static long balanced(Load load, Load.Request request) {
    double cpu = share(load.cpuM() + request.cpuM(), load.capacityCpuM());
    double memory = share(load.memory() + request.memory(), load.capacityMemory());
    return (long) ((1 - Math.abs(cpu - memory) / 2) * MAX);
  }

  private static double share(long requested, long capacity) {
    return capacity <= 0 ? 0 : Math.min(1, (double) requested / capacity);
  }

  private double softTaints(Load load) {
    int count = 0;
    for (JsonNode taint : load.node().at("/spec/taints")) {
      JsonNode only = Json.object().putArray("taints").add(taint.deepCopy());
      boolean borne =
          Tolerations.unborne(pod.path("spec"), only, Set.of("PreferNoSchedule")).isMissingNode();
      count += borne ? 0 : 1;
    }
    return count;
  }

  private double preferred(Load load) {
    double sum = 0;
    for (JsonNode each : pod.at("/spec/affinity/nodeAffinity/" + Terms.PREFERRED)) {
      sum += Terms.matches(each.path("preference"), load.node()) ? each.path("weight").asInt() : 0;
    }
    return sum;
  }

  /** The most counts 100. */
  private static double[] scaled(double[] raw) {
    double most = Arrays.stream(raw).max().orElse(0);
    return Arrays.stream(raw).map(r -> most <= 0 ? 0 : Math.floor(r * MAX / most)).toArray();
  }

  /** The most counts 0. */
  private static double[] turned(double[] raw) {
    return Arrays.stream(scaled(raw)).map(r -> MAX - r).toArray();
  }

  /** Where fewer of its like stand, by host and by zone. */
  private double[] spread(JsonNode selector) {
    var like = Selector.matching(selector);
    double[] raw = new double[loads.size()];
    hosts(raw, like);
    zones(raw, like);
    double most = Arrays.stream(raw).max().orElse(0);
    double fewest = Arrays.stream(raw).min().orElse(0);
    return Arrays.stream(raw)
        .map(r -> most <= 0 ? MAX : Math.floor(MAX * (most + fewest - r) / most))
        .toArray();
  }

  private void hosts(double[] raw, java.util.function.Predicate<JsonNode> like) {
    double weight = Math.log(loads.size() + 2);
    for (int i = 0; i < raw.length; i++) {
      String node = loads.get(i).name();
      raw[i] += Math.round(weight * count(like, Set.of(node)) + SKEW_HOST - 1);
    }
  }

  private void zones(double[] raw, java.util.function.Predicate<JsonNode> like) {
    Set<String> zones = new HashSet<>();
    loads.forEach(load -> zones.add(zone(load)));
    zones.remove("");
    double weight = Math.log(zones.size() + 2);
    for (int i = 0; i < raw.length; i++) {
      String zone = zone(loads.get(i));
      if (zone.isEmpty()) continue;
      Set<String> nodes = new HashSet<>();
      loads.stream().filter(l -> zone(l).equals(zone)).forEach(l -> nodes.add(l.name()));
      raw[i] += Math.round(weight * count(like, nodes) + SKEW_ZONE - 1);
    }
  }

  private static String zone(Load load) {
    return load.node().path("metadata").path("labels").path(ZONE).asText();
  }

  private long count(java.util.function.Predicate<JsonNode> like, Set<String> nodes) {
    return pods.stream()
        .filter(each -> nodes.contains(each.at("/spec/nodeName").asText()))
        .filter(each -> Json.namespace(each).equals(Json.namespace(pod)))
        .filter(each -> !Json.leaving(each))
        .filter(like)
        .count();
  }
}
