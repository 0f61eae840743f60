package holter.remedy;

import holter.remedy.KubeWorld.Pod;
import holter.remedy.KubeWorld.SelectorPin;
import holter.remedy.KubeWorld.Workload;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What may be done on crowded hosts, and why the rest may not. Budgets are counted by ourselves,
 * for a dry-run of several evictions lies: steps are done one by one, each when the pod before is
 * ready again, so that at most one disruption is charged to any budget at any time.
 */
final class KubeRules {
  /** Where a selector's key may go. */
  record Relaxable(Workload workload, SelectorPin pin, List<Pod> pods) {
    Relaxable {
      pods = List.copyOf(pods);
    }
  }

  private final KubeWorld world;
  private final KubeAsk ask;
  private final Set<String> crowded;
  private final Set<Sentence> refused = new LinkedHashSet<>();
  private final List<Relaxable> relaxable = new ArrayList<>();
  private final List<Pod> evictable = new ArrayList<>();

  /**
   * @param crowded critical hosts above the limit
   */
  KubeRules(KubeWorld world, KubeAsk ask, Set<String> crowded) {
    this.world = world;
    this.ask = ask;
    this.crowded = Set.copyOf(crowded);
    selectors();
    pods();
  }

  List<Relaxable> relaxable() {
    return List.copyOf(relaxable);
  }

  List<Pod> evictable() {
    return List.copyOf(evictable);
  }

  List<Sentence> refused() {
    return List.copyOf(refused);
  }

  private boolean touched(Workload workload) {
    return world.pods().stream()
        .anyMatch(pod -> pod.owner().equals(workload.key()) && crowded.contains(pod.node()));
  }

  private List<Pod> podsOf(Workload workload) {
    return world.pods().stream()
        .filter(pod -> pod.owner().equals(workload.key()) && !pod.leaving())
        .toList();
  }

  private void selectors() {
    for (Workload workload : world.workloads()) {
      if (!touched(workload)) {
        continue;
      }
      for (SelectorPin pin : workload.pins()) {
        if (workload.eligible().containsAll(pin.eligibleWithout())) {
          continue;
        }
        Optional<Sentence> stays = selectorStays(workload);
        if (stays.isEmpty()) {
          relaxable.add(new Relaxable(workload, pin, podsOf(workload)));
        } else {
          refuseSelector(workload, pin, stays.get());
        }
      }
    }
  }

  void refuseSelector(Workload workload, SelectorPin pin, Sentence why) {
    String selector = pin.key() + "=" + pin.value();
    refused.add(Sentence.of(KubeWords.PIN_STAYS, selector, workload.key(), why));
  }

  private Optional<Sentence> selectorStays(Workload workload) {
    if (!ask.leave().relax()) {
      return why(KubeWords.NOT_GRANTED, KubeWords.RELAXES);
    }
    if (ask.leave().spares(workload.namespace(), workload.key())) {
      return why(KubeWords.SPARED);
    }
    if (!workload.kind().equals("Deployment")) {
      return why(KubeWords.NOT_A_DEPLOYMENT, workload.kind());
    }
    if (!workload.managedBy().isEmpty()) {
      return why(KubeWords.MANAGED, workload.managedBy());
    }
    List<Pod> pods = podsOf(workload);
    if (!workload.settled() || pods.size() != workload.replicas()) {
      return why(KubeWords.UNSETTLED);
    }
    if (pods.stream().anyMatch(pod -> !Double.isFinite(pod.bytesPerS()))) {
      return why(KubeWords.TRAFFIC_UNKNOWN);
    }
    Optional<Pod> kept = pods.stream().filter(pod -> !pod.stays().isEmpty()).findFirst();
    if (kept.isPresent()) {
      return why(KubeWords.KEPT_BY, kept.get().stays());
    }
    return takesTooMany(workload, pods);
  }

  private Optional<Sentence> takesTooMany(Workload workload, List<Pod> pods) {
    int away = workload.maxUnavailable();
    if (away > 1 || away >= workload.replicas() || away + workload.maxSurge() < 1) {
      return why(KubeWords.MANY_AT_ONCE, away);
    }
    return away == 0
        ? Optional.empty()
        : pods.stream()
            .map(pod -> BudgetRule.forbids(world, pod))
            .flatMap(Optional::stream)
            .findFirst();
  }

  private void pods() {
    Map<String, Map<Sentence, Integer>> left = new TreeMap<>();
    for (Pod pod : world.pods()) {
      if (!crowded.contains(pod.node()) || pod.leaving()) {
        continue;
      }
      Optional<Sentence> stays = podStays(pod);
      if (stays.isEmpty()) {
        evictable.add(pod);
      } else if (!relaxes(pod)) {
        String whose = pod.owner().isEmpty() ? pod.key() : pod.owner();
        left.computeIfAbsent(whose + " " + pod.node(), _ -> new java.util.LinkedHashMap<>())
            .merge(stays.get(), 1, Integer::sum);
      }
    }
    left.forEach(
        (whose, reasons) ->
            reasons.forEach(
                (why, many) -> {
                  String[] parts = whose.split(" ", 2);
                  refused.add(Sentence.of(KubeWords.POD_STAYS, many, parts[0], parts[1], why));
                }));
  }

  private boolean relaxes(Pod pod) {
    return relaxable.stream().anyMatch(each -> each.workload().key().equals(pod.owner()));
  }

  private Optional<Sentence> podStays(Pod pod) {
    if (!ask.leave().evict()) {
      return why(KubeWords.NOT_GRANTED, KubeWords.EVICTS);
    }
    if (ask.leave().spares(pod.namespace(), pod.owner())) {
      return why(KubeWords.SPARED);
    }
    if (!pod.stays().isEmpty()) {
      return why(KubeWords.KEPT_BY, pod.stays());
    }
    Optional<Workload> owner = world.workload(pod.owner());
    if (owner.isEmpty()) {
      return why(KubeWords.NOBODY_MAKES);
    }
    return workloadKeeps(owner.get(), pod).or(() -> BudgetRule.forbids(world, pod));
  }

  private Optional<Sentence> workloadKeeps(Workload owner, Pod pod) {
    if (!Set.of("Deployment", "ReplicaSet").contains(owner.kind())) {
      return why(KubeWords.KEEPS_STATE, owner.kind());
    }
    if (owner.eligible().stream().allMatch(pod.node()::equals)) {
      return why(owner.pins().isEmpty() ? KubeWords.PIN_NOT_OURS : KubeWords.PINNED);
    }
    if (!owner.settled() || podsOf(owner).size() != owner.replicas()) {
      return why(KubeWords.UNSETTLED);
    }
    if (!pod.ready()) {
      return why(KubeWords.NOT_READY);
    }
    if (podsOf(owner).stream().filter(Pod::ready).count() < 2) {
      return why(KubeWords.LAST_READY);
    }
    return Double.isFinite(pod.bytesPerS()) ? Optional.empty() : why(KubeWords.TRAFFIC_UNKNOWN);
  }

  private static Optional<Sentence> why(KubeWords words, Object... args) {
    return Optional.of(Sentence.of(words, args));
  }
}
