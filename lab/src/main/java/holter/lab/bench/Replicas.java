package holter.lab.bench;

import holter.detect.RestartTruth;
import holter.engine.Action;
import holter.engine.Input;
import holter.engine.RestartOrder;
import holter.fleet.Beat;
import holter.lab.bench.LeaderTrial.Deed;
import holter.lab.bench.LeaderTrial.Moment;
import holter.lab.sim.Detector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Two orchestrators as processes: each with its engine, its lease thread and a carrier that keeps
 * an order, looks whether it leads, and sends it. A process can be killed, stopped and continued
 * between any two of these; what a stopped one was about to do it does when it wakes.
 *
 * <pre>engine --Restart--> kept --> leads? --> sent --> runner --Restarted--> engine</pre>
 */
final class Replicas implements Detector {
  private static final long RENEWED_MS = 1_000;
  private static final long ASKED_MS = 300;
  private static final long STARTS_MS = 8_000;

  /** A leadership and when it began. */
  record Led(long atMs, int replica, long epoch) {}

  /** An order as it left for the runner. */
  record Sent(long atMs, String key, long epoch) {}

  private final Hands hands;
  private final SplittableRandom random;
  private final SimStore store = new SimStore();
  private final List<SimReplica> processes = List.of(new SimReplica(0), new SimReplica(1));
  private final List<Led> led = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private final Map<String, Integer> senders = new HashMap<>();
  private final Map<String, Set<Integer>> askers = new HashMap<>();
  private Input.@Nullable Mapped map;
  private @Nullable Moment trigger;
  private Runnable onTrigger = () -> {};
  private long nowMs;

  Replicas(Hands hands, long seed) {
    this.hands = hands;
    this.random = new SplittableRandom(seed);
  }

  List<Led> led() {
    return List.copyOf(led);
  }

  List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** Runs something once, when the leader comes to this moment for the first time. */
  void at(Moment moment, Runnable what) {
    trigger = moment;
    onTrigger = what;
  }

  /** Comes to a moment, at which the process may be killed. */
  private boolean survives(SimReplica process, Moment moment) {
    int life = process.life;
    if (moment == trigger) {
      trigger = null;
      onTrigger.run();
    }
    return process.life == life;
  }

  /** Does it to whoever leads now. */
  void strike(Deed deed, long stoppedForMs) {
    var leader = processes.get(led.getLast().replica());
    switch (deed) {
      case KILL -> {
        leader.killed();
        hands.at(nowMs + STARTS_MS, () -> starts(leader));
      }
      case STOP -> {
        long since = nowMs;
        leader.stopped = true;
        hands.at(nowMs + stoppedForMs, () -> wakes(leader, since));
      }
    }
  }

  private void wakes(SimReplica process, long sinceMs) {
    process.stopped = false;
    process.inbox.addFirst(new Input.Self(nowMs() - sinceMs, 0));
    var due = List.copyOf(process.onWaking);
    process.onWaking.clear();
    due.forEach(step -> later(process, random.nextLong(50), step));
  }

  private void starts(SimReplica process) {
    process.begins();
    process.inbox.add(store.recalled());
    process.inbox.add(new Input.Leading(false, 0));
    if (map != null) {
      process.inbox.add(map);
    }
    lease(process);
  }

  /** A step of a process: not at all once it was killed, and when it wakes while it is stopped. */
  private void later(SimReplica process, long afterMs, Runnable step) {
    int life = process.life;
    hands.at(nowMs() + afterMs, () -> now(process, life, step));
  }

  private void now(SimReplica process, int life, Runnable step) {
    if (process.life != life) {
      return;
    }
    if (process.stopped) {
      process.onWaking.add(() -> now(process, life, step));
    } else {
      step.run();
    }
  }

  private long nowMs() {
    return hands.nowMs();
  }

  private void lease(SimReplica process) {
    look(process);
    later(process, process.leads() ? RENEWED_MS : ASKED_MS, () -> lease(process));
  }

  private void look(SimReplica process) {
    long now = nowMs();
    if (process.leads()) {
      if (store.renew(process.number, process.epoch, now)) {
        process.countedFromMs = now;
      } else {
        process.role = SimReplica.Role.LOST;
        process.inbox.add(new Input.Leading(false, process.epoch));
      }
      return;
    }
    long next = store.take(process.number, now);
    if (next > 0) {
      boolean behind = process.role == SimReplica.Role.STANDBY || next > process.epoch + 1;
      process.leads(next, now);
      led.add(new Led(now, process.number, next));
      if (behind && next > 1) {
        process.inbox.add(store.recalled());
      }
      process.inbox.add(new Input.Leading(true, next));
      if (behind) {
        process.inbox.addAll(store.ordered(now));
      }
    }
  }

  @Override
  public void heard(int number, Beat beat, long nowMs, long wallMs) {
    processes.forEach(process -> process.hears(new Input.Heard(beat)));
  }

  @Override
  public void learnt(Input input) {
    switch (input) {
      case Input.Leading first -> {
        lease(processes.getFirst());
        processes.getLast().hears(new Input.Leading(false, 0));
        lease(processes.getLast());
      }
      case Input.Mapped mapped -> {
        map = mapped;
        processes.forEach(process -> process.hears(mapped));
      }
      case Input.Probed probed ->
          askers
              .getOrDefault(probed.instance().value() + probed.askedAtMs(), Set.of())
              .forEach(number -> processes.get(number).hears(probed));
      case Input.Restarted answer ->
          processes.get(senders.getOrDefault(answer.orderKey(), 0)).hears(answer);
      default -> processes.forEach(process -> process.hears(input));
    }
  }

  @Override
  public void tick(long tickMs, long wallMs) {
    nowMs = tickMs;
    for (var process : processes) {
      for (var action : process.turn(tickMs)) {
        if (!act(process, action)) {
          break;
        }
      }
    }
  }

  /** Does what the engine wants; false when the process was killed over it. */
  private boolean act(SimReplica process, Action action) {
    switch (action) {
      case Action.Probe probe -> {
        var id = probe.instance().value();
        askers.computeIfAbsent(id + nowMs(), key -> new HashSet<>()).add(process.number);
        hands.ask(Ours.number(id));
      }
      case Action.Sample(int partition) -> hands.sample(partition);
      case Action.Restart(RestartOrder order) ->
          later(process, 2 + random.nextLong(18), () -> keep(process, order));
      case Action.Audit(var entry) -> {
        if (process.leads() && entry.to().startsWith("Dead(")) {
          hands.holdsForDead(Ours.number(entry.subject()));
          return survives(process, Moment.VERDICT);
        }
      }
      case Action.Collect collect ->
          later(
              process,
              2_000,
              () -> process.hears(new Input.Collected(collect.incidentId(), List.of())));
      case Action.Remember remember -> {
        if (process.leads()) {
          store.remember(remember.instance());
        }
      }
      case Action.Save save -> {
        if (process.leads()) {
          store.save(save.incident());
        }
      }
      case Action.Advise advise -> {}
      case Action.Forget forget -> {}
    }
    return true;
  }

  private void keep(SimReplica process, RestartOrder order) {
    if (process.leadsNow(nowMs())) {
      store.keep(order, nowMs());
    }
    if (survives(process, Moment.KEPT)) {
      later(process, 1, () -> look(process, order));
    }
  }

  private void look(SimReplica process, RestartOrder order) {
    boolean leads = process.leadsNow(nowMs());
    if (survives(process, Moment.LOOKED)) {
      later(process, 1, () -> send(process, order, leads));
    }
  }

  private void send(SimReplica process, RestartOrder order, boolean leads) {
    if (!leads) {
      process.hears(new Input.Restarted(order.key(), false, RestartTruth.UNKNOWN, "not certain"));
      return;
    }
    senders.put(order.key(), process.number);
    sent.add(new Sent(nowMs(), order.key(), order.leaderEpoch()));
    hands.order(Ours.number(order.instance().value()), order);
    survives(process, Moment.SENT);
  }
}
