package holter.remedy;

import holter.remedy.Futures.Candidate;
import holter.remedy.KubeSearch.Field;
import holter.remedy.KubeSearch.Found;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** A plan that was found, as steps and words: played once more, to tell what each leads to. */
final class KubeSteps {
  /** A taint follows its cordon in half a second; a busy control plane takes longer. */
  private static final long UNCORDON_MS = 30_000;

  /** As long as Kubernetes itself waits for a rollout's progress. */
  private static final long RELAX_MS = 600_000;

  /** Grace, start and readiness of one pod. */
  private static final long EVICT_MS = 300_000;

  private final KubeAsk ask;
  private final Field field;
  private final Found found;
  private final long nowWallMs;
  private final Ground ground;
  private final List<Step> steps = new ArrayList<>();
  private Futures now;

  KubeSteps(KubeAsk ask, Field field, Found found, long nowWallMs) {
    this.ask = ask;
    this.field = field;
    this.found = found;
    this.nowWallMs = nowWallMs;
    this.now = field.start();
    this.ground = now.all().getFirst().stand().ground;
  }

  static long percent(double share) {
    return Math.round(share * 100);
  }

  /**
   * @param cut whether the search ended at its bound
   */
  Proposal proposal(List<Sentence> refused, boolean cut) {
    if (found.change().open() >= 0) {
      uncordon(found.change().open());
    }
    found.change().rollouts().forEach(this::relax);
    found.evicted().forEach(this::evict);
    return new Proposal(steps, costs(cut), refused, reliefs());
  }

  /** Of critical hosts that come down to the limit, or by as much as a plan is worth making for. */
  private List<Relief> reliefs() {
    var reliefs = new ArrayList<Relief>();
    for (int host : field.critical()) {
      KubeNode node = ground.nodes.get(host);
      long before = percent(field.start().worst(stand -> stand.share(host)));
      long after = percent(now.worst(stand -> stand.share(host)));
      boolean gains = before - after >= percent(KubePlanner.GAIN_LEAST);
      if (before > percent(ask.limit()) && (after <= percent(ask.limit()) || gains)) {
        reliefs.add(new Relief(node.name(), node.room().nicBytesPerS(), before, after));
      }
    }
    return reliefs;
  }

  private void add(Act act, Sentence why, Sentence effect, long deadlineMs) {
    steps.add(new Step(steps.size() + 1, act, why, effect, deadlineMs));
  }

  private void uncordon(int number) {
    KubeNode node = ground.nodes.get(number);
    now = now.opened(number);
    var verdict = Recovery.judge(node, nowWallMs, KubePlanner.LANDING_BYTES);
    add(
        new KubeAct.Uncordon(node.name(), node.uid()),
        Sentence.of(
            KubeWords.WHY_UNCORDON,
            node.name(),
            verdict.found().stream().map(Recovery.Found::evidence).toList()),
        Sentence.of(KubeWords.OPENS, node.name(), landed(number)),
        UNCORDON_MS);
  }

  private long landed(int number) {
    return Math.round(found.end().worst(stand -> stand.landed[number]));
  }

  private void relax(Rollout rollout) {
    Futures before = now;
    now = now.rolled(rollout, field.bounds()).orElseThrow();
    List<String> lands = lands(before);
    var on = new TreeSet<String>();
    rollout.pods.forEach(pod -> on.add(pod.node()));
    on.retainAll(ask.critical());
    var pin = rollout.pin;
    long there = rollout.pods.stream().filter(pod -> on.contains(pod.node())).count();
    add(
        new KubeAct.Relax(
            rollout.workload.namespace(),
            rollout.workload.name(),
            rollout.workload.uid(),
            pin.key(),
            pin.value(),
            lands),
        Sentence.of(KubeWords.WHY_RELAX, pin.key() + "=" + pin.value(), there, on),
        effect(before),
        RELAX_MS);
  }

  private void evict(Candidate candidate) {
    Futures before = now;
    now = now.evicted(candidate, field.bounds()).orElseThrow();
    List<String> lands = lands(before);
    var pod = candidate.pod();
    double nic = ground.nodes.get(candidate.from()).room().nicBytesPerS();
    double full = before.worst(stand -> stand.share(candidate.from()));
    add(
        new KubeAct.Evict(
            pod.namespace(), pod.name(), pod.uid(), pod.owner(), pod.node(), lands.getFirst()),
        Sentence.of(KubeWords.WHY_EVICT, percent(pod.bytesPerS() / nic), pod.node(), percent(full)),
        effect(before),
        EVICT_MS);
  }

  /** Where pods land with the last step, in the first of all ways. */
  private List<String> lands(Futures before) {
    return lands(before, now.all().getFirst());
  }

  private List<String> lands(Futures before, Futures.Future way) {
    var names = new ArrayList<String>();
    for (int i = before.all().getFirst().lands().size(); i < way.lands().size(); i++) {
      names.add(ground.name(way.lands().get(i)));
    }
    Collections.sort(names);
    return names;
  }

  /** Names every node that one of the pods may land on. */
  private Sentence effect(Futures before) {
    var all = new TreeSet<String>();
    boolean open = false;
    for (Futures.Future way : now.all()) {
      List<String> lands = lands(before, way);
      all.addAll(lands);
      open |= !lands.equals(lands(before));
    }
    return Sentence.of(open ? KubeWords.LANDS_OPEN : KubeWords.LANDS, all, peak(before), peak(now));
  }

  private long peak(Futures futures) {
    return percent(KubeSearch.peak(futures, field.critical()));
  }

  private List<Sentence> costs(boolean cut) {
    var costs = new ArrayList<Sentence>();
    int rolled = found.change().restarts();
    costs.add(Sentence.of(KubeWords.COST_RESTARTS, rolled + found.evicted().size(), rolled));
    var drift = new ArrayList<String>();
    steps.stream()
        .filter(step -> step.act().inverse().isPresent())
        .forEach(step -> drift.add(step.act().target()));
    if (!drift.isEmpty()) {
      costs.add(Sentence.of(KubeWords.COST_DRIFT, drift));
    }
    costs.add(Sentence.of(KubeWords.COST_UNDO, rolled, found.evicted().size()));
    int open = found.change().open();
    if (open >= 0 && landed(open) > 0) {
      costs.add(Sentence.of(KubeWords.COST_TRIAL, ground.name(open)));
    }
    if (now.ties() > 0) {
      costs.add(Sentence.of(KubeWords.COST_OPEN, now.ties()));
    }
    if (KubeSearch.peak(now, field.critical()) > ask.limit() + 1e-6) {
      costs.add(
          Sentence.of(KubeWords.COST_PARTLY, percent(ask.limit()), peak(field.start()), peak(now)));
    }
    if (cut) {
      costs.add(Sentence.of(KubeWords.COST_BOUND));
    }
    return costs;
  }
}
