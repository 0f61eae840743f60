package holter.remedy;

import holter.remedy.KubeWorld.Pod;
import holter.remedy.KubeWorld.SelectorPin;
import holter.remedy.KubeWorld.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A rollout played pod by pod, as the controllers of Kubernetes do it, each step at a random time:
 * who is slow and who is fast is drawn anew for each. It shares nothing with {@link Rollout} but
 * the scores of nodes.
 */
final class RolloutReplay {
  private enum Event {
    CONTROL,
    TELL,
    MAKE,
    DELETE,
    BIND,
    READY,
    GONE
  }

  private final KubeWorld world;
  private final Workload workload;
  private final SelectorPin pin;
  private final Random random;
  private final Map<Event, Double> pace = new EnumMap<>(Event.class);
  private final List<Pod> others;
  private final List<Pod> old;
  private final Pod template;
  private final List<Pod> leaving = new ArrayList<>();
  private final List<Pod> bound = new ArrayList<>();
  private int ready;
  private int made;
  private int wantOld;
  private int wantNew;
  private int toldOld;
  private int toldReady;

  RolloutReplay(KubeWorld world, Workload workload, Random random) {
    this.world = world;
    this.workload = workload;
    this.pin = workload.pins().getFirst();
    this.random = random;
    this.others = world.pods().stream().filter(pod -> !pod.owner().equals(workload.key())).toList();
    this.old =
        new ArrayList<>(
            world.pods().stream().filter(pod -> pod.owner().equals(workload.key())).toList());
    this.template = old.getFirst();
    this.wantOld = workload.replicas();
    this.toldOld = workload.replicas();
    for (Event event : Event.values()) {
      pace.put(event, Math.exp(2.5 * random.nextGaussian()));
    }
  }

  /** Where the new pods stand at the end, in order; empty when one waits for ever. */
  Optional<List<String>> lands() {
    while (!over()) {
      List<Event> may = new ArrayList<>();
      for (Event event : Event.values()) {
        if (may(event)) may.add(event);
      }
      if (may.isEmpty()) {
        return Optional.empty();
      }
      happens(drawn(may));
    }
    return Optional.of(bound.stream().map(Pod::node).sorted().toList());
  }

  private boolean over() {
    return old.isEmpty() && leaving.isEmpty() && ready == workload.replicas();
  }

  private double pace(Event event) {
    return pace.getOrDefault(event, 1.0);
  }

  private Event drawn(List<Event> may) {
    double left = random.nextDouble() * may.stream().mapToDouble(this::pace).sum();
    for (Event event : may) {
      left -= pace(event);
      if (left <= 0) return event;
    }
    return may.getLast();
  }

  private boolean may(Event event) {
    return switch (event) {
      case CONTROL -> more() > 0 || fewer() > 0;
      case TELL -> toldReady != ready || toldOld != old.size();
      case MAKE -> made < wantNew;
      case DELETE -> old.size() > wantOld;
      case BIND -> bound.size() < made && !choice().isEmpty();
      case READY -> ready < bound.size();
      case GONE -> !leaving.isEmpty();
    };
  }

  private void happens(Event event) {
    switch (event) {
      case CONTROL -> control();
      case TELL -> {
        toldReady = ready;
        toldOld = old.size();
      }
      case MAKE -> made++;
      case DELETE -> delete();
      case BIND -> bind();
      case READY -> ready++;
      case GONE -> leaving.remove(random.nextInt(leaving.size()));
    }
  }

  private int more() {
    int room = workload.replicas() + workload.maxSurge() - wantOld - wantNew;
    return Math.min(room, workload.replicas() - wantNew);
  }

  private int fewer() {
    int least = workload.replicas() - workload.maxUnavailable();
    int spare = wantOld + wantNew - least - (wantNew - toldReady);
    int available = toldReady + Math.min(wantOld, toldOld) - least;
    return Math.min(Math.min(spare, available), wantOld);
  }

  private void control() {
    if (more() > 0) {
      wantNew += more();
    } else {
      wantOld -= fewer();
    }
  }

  /** First from where most of the Deployment stand, all of a batch by the same count. */
  private void delete() {
    var rank = new java.util.HashMap<Pod, Double>();
    for (Pod pod : old) {
      long beside =
          old.stream().filter(each -> each.node().equals(pod.node())).count()
              + bound.stream().filter(each -> each.node().equals(pod.node())).count();
      rank.put(pod, -beside + random.nextDouble() / 2);
    }
    List<Pod> first =
        old.stream()
            .sorted(Comparator.comparingDouble((Pod pod) -> rank.getOrDefault(pod, 0.0)))
            .limit(old.size() - wantOld)
            .toList();
    old.removeAll(first);
    leaving.addAll(first);
  }

  private List<String> choice() {
    var pods = new ArrayList<>(others);
    pods.addAll(old);
    pods.addAll(bound);
    leaving.forEach(pod -> pods.add(at(pod, pod.node(), pod.owner(), true)));
    var now =
        new KubeWorld(0, world.nodes(), pods, world.workloads(), world.budgets(), world.unread());
    String group = Rollout.freshGroup(workload.key());
    return Landing.choose(now, group, template.demand(), pin.eligibleWithout(), Set.of()).ties();
  }

  private void bind() {
    List<String> equals = choice();
    String node = equals.get(random.nextInt(equals.size()));
    bound.add(at(template, node, Rollout.freshGroup(workload.key()), false));
  }

  static Pod at(Pod pod, String node, String owner, boolean leaving) {
    return new Pod(
        pod.namespace(),
        pod.name(),
        pod.uid(),
        node,
        owner,
        pod.demand(),
        pod.bytesPerS(),
        pod.eligible(),
        pod.ready(),
        leaving,
        pod.stays());
  }
}
