package holter.remedy;

import holter.remedy.KubeSearch.Change;
import holter.remedy.KubeSearch.Field;
import holter.remedy.KubeSearch.Found;
import holter.remedy.KubeWorld.Workload;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes room on critical hosts whose network is crowded: opens at most one recovered node, relaxes
 * selectors of at most two Deployments, evicts pods one at a time, in this order, as little of it
 * as brings the hosts below the limit. Where pods land is kube-scheduler's choice, not ours: a plan
 * holds whichever of equal nodes it takes.
 *
 * <p>Where no plan reaches the limit, one that takes at least half of what is too much, at least
 * {@value #GAIN_LEAST} of the network, and leaves the peak at {@value #STILL_TOLERABLE} at most, is
 * proposed in its stead, and says so; less than that is not worth a restart.
 */
public final class KubePlanner {
  /** Of the nodes; with more not ready the cluster has another trouble. */
  private static final double NOT_READY_MOST = 0.2;

  static final double GAIN_LEAST = 0.1;
  static final double STILL_TOLERABLE = 0.9;

  /** An image and what a pod writes: taken for so much disk. */
  static final double LANDING_BYTES = 1L << 30;

  private final KubeWorld world;
  private final KubeAsk ask;
  private final List<Sentence> refused = new ArrayList<>();

  private KubePlanner(KubeWorld world, KubeAsk ask) {
    this.world = world;
    this.ask = ask;
  }

  /** Plans it; without a step when nothing is to be done or nothing can be, and then says why. */
  public static Proposal plan(KubeWorld world, KubeAsk ask) {
    return new KubePlanner(world, ask).plan();
  }

  private Proposal plan() {
    Set<String> crowded = crowded();
    if (crowded.isEmpty() || broken()) {
      return new Proposal(List.of(), List.of(), refused);
    }
    var rules = new KubeRules(world, ask, crowded);
    List<KubeNode> openable = openable();
    if (underWay(openable)) {
      return new Proposal(List.of(), List.of(), refused);
    }
    refused.addAll(rules.refused());
    Field field = new KubeField(world, ask, rules).of(openable);
    refuseWithoutSlot(field);
    var search = new KubeSearch(field, ask.limit());
    Optional<Found> found = search.run();
    if (found.isPresent()) {
      return proposal(field, found.get(), search);
    }
    double before = KubeSearch.peak(field.start(), field.critical());
    double excess = before - ask.limit();
    double goal = Math.min(before - Math.max(GAIN_LEAST, excess / 2), STILL_TOLERABLE);
    if (goal > ask.limit()) {
      search = new KubeSearch(field, goal);
      found = search.run();
      if (found.isPresent()) {
        return proposal(field, found.get(), search);
      }
    }
    refused.addFirst(none(field, crowded, before));
    return new Proposal(List.of(), List.of(), refused);
  }

  private Proposal proposal(Field field, Found found, KubeSearch search) {
    return new KubeSteps(ask, field, found, world.readAtWallMs()).proposal(refused, search.cut());
  }

  /** Any gain at all is not enough, but it is told that there would be one. */
  private Sentence none(Field field, Set<String> crowded, double before) {
    boolean some =
        before - GAIN_LEAST > ask.limit()
            && new KubeSearch(field, before - GAIN_LEAST).run().isPresent();
    return Sentence.of(
        some ? KubeWords.NO_REAL_GAIN : KubeWords.NO_PLAN, crowded, KubeSteps.percent(ask.limit()));
  }

  /** Critical hosts above the limit; empty, with the reason, when there are none. */
  private Set<String> crowded() {
    var crowded = new TreeSet<String>();
    for (String host : new TreeSet<>(ask.critical())) {
      Optional<KubeNode> node = world.node(host);
      if (node.isEmpty()) {
        refused.add(Sentence.of(KubeWords.HOST_UNKNOWN, host));
      } else if (!Double.isFinite(node.get().room().nicShare())) {
        refused.add(Sentence.of(KubeWords.NETWORK_UNKNOWN, host));
      } else if (node.get().room().nicShare() > ask.limit()) {
        crowded.add(host);
      }
    }
    if (ask.critical().isEmpty()) {
      refused.add(Sentence.of(KubeWords.NO_CRITICAL));
    } else if (crowded.isEmpty() && refused.isEmpty()) {
      refused.add(
          Sentence.of(
              KubeWords.NOTHING_CROWDED,
              new TreeSet<>(ask.critical()),
              KubeSteps.percent(ask.limit())));
    }
    return crowded;
  }

  private boolean broken() {
    Optional<Sentence> why = breaker(world);
    why.ifPresent(refused::add);
    return why.isPresent();
  }

  /** Why nothing is moved in such a cluster at all; empty when it is well enough. */
  static Optional<Sentence> breaker(KubeWorld world) {
    long unready = world.nodes().stream().filter(node -> !node.ready()).count();
    return unready <= NOT_READY_MOST * world.nodes().size()
        ? Optional.empty()
        : Optional.of(Sentence.of(KubeWords.BREAKER, unready, world.nodes().size()));
  }

  /** Cordoned nodes that have recovered and may be opened. */
  private List<KubeNode> openable() {
    var openable = new ArrayList<KubeNode>();
    for (KubeNode node : closed()) {
      var verdict = Recovery.judge(node, world.readAtWallMs(), LANDING_BYTES);
      if (!verdict.recovered()) {
        verdict
            .missing()
            .forEach(
                found ->
                    refused.add(
                        Sentence.of(
                            KubeWords.NOT_RECOVERED,
                            node.name(),
                            found.clause().word(),
                            found.evidence())));
      } else if (!ask.leave().uncordon()) {
        refused.add(Sentence.of(KubeWords.NOT_GRANTED, KubeWords.UNCORDONS));
      } else if (node.room().nicShare() < ask.limit()) {
        openable.add(node);
      } else {
        refused.add(Sentence.of(KubeWords.OPEN_NO_HELP, node.name()));
      }
    }
    return openable;
  }

  private List<KubeNode> closed() {
    return world.nodes().stream()
        .filter(node -> node.cordon().isPresent())
        .sorted(Comparator.comparing(KubeNode::name))
        .toList();
  }

  /** Pods that are still to come land somewhere, and what is foreseen would be wrong. */
  private boolean underWay(List<KubeNode> openable) {
    var open = new TreeSet<String>();
    openable.forEach(node -> open.add(node.name()));
    world.nodes().stream()
        .filter(node -> node.cordon().isEmpty())
        .forEach(node -> open.add(node.name()));
    for (Workload workload : world.workloads()) {
      long bound =
          world.pods().stream()
              .filter(pod -> pod.owner().equals(workload.key()) && !pod.leaving())
              .count();
      boolean lands = workload.eligible().stream().anyMatch(open::contains);
      boolean rolls = !workload.settled() && bound != workload.replicas();
      if (rolls && lands && !workload.kind().equals("DaemonSet")) {
        refused.add(Sentence.of(KubeWords.ROLLOUT, workload.key()));
        return true;
      }
    }
    return false;
  }

  /** Selectors that could go if a new pod had a place, and which order would give it one. */
  private void refuseWithoutSlot(Field field) {
    var without = new TreeSet<String>();
    for (Change change : field.changes()) {
      if (change.rollouts().size() != 1) {
        continue;
      }
      Rollout rollout = change.rollouts().getFirst();
      String name = rollout.workload.key() + " " + rollout.pin.key();
      List<Change> alone =
          field.changes().stream()
              .filter(c -> c.rollouts().size() == 1 && c.rollouts().getFirst() == rollout)
              .toList();
      boolean foreseen = alone.stream().anyMatch(c -> rollout.ends(opened(field, c)).isPresent());
      if (!foreseen && without.add(name)) {
        Sentence why =
            alone.stream().anyMatch(c -> rollout.placed(opened(field, c)))
                ? Sentence.of(KubeWords.MANY_ENDS)
                : withoutSlot(field, rollout);
        String selector = rollout.pin.key() + "=" + rollout.pin.value();
        refused.add(Sentence.of(KubeWords.PIN_STAYS, selector, rollout.workload.key(), why));
      }
    }
  }

  private Sentence withoutSlot(Field field, Rollout rollout) {
    return closed().stream()
        .filter(node -> rollout.placed(opened(field, opening(field, node, rollout))))
        .findFirst()
        .map(node -> Sentence.of(KubeWords.NO_SLOT_UNTIL, node.name()))
        .orElse(Sentence.of(KubeWords.NO_SLOT, Math.max(1, rollout.workload.maxSurge())));
  }

  private static Change opening(Field field, KubeNode node, Rollout rollout) {
    int number = field.start().all().getFirst().stand().ground.node(node.name());
    return new Change(number, List.of(rollout));
  }

  private static Futures.Future opened(Field field, Change change) {
    Futures opened = change.open() < 0 ? field.start() : field.start().opened(change.open());
    return opened.all().getFirst();
  }
}
