package holter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.DeathProof;
import holter.detect.ProbeOutcome;
import holter.detect.RestartTruth;
import holter.detect.Verdict;
import holter.diagnose.Observation;
import holter.engine.Action;
import holter.engine.EngineSettings;
import holter.engine.FleetEngine;
import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.RestartOrder;
import holter.engine.View;
import holter.fleet.KnownInstance;
import holter.fleet.SenderKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * The incident's cluster and a fleet, in virtual time. Ground truth is here, the engine sees
 * inputs. After every step: no healthy worker is restarted, budgets hold, nobody acts without
 * leading.
 */
final class Sim {
  static final int PARTITIONS = SimCluster.PARTITIONS;
  static final long TICK_MS = 100;

  final Random random;
  final Map<String, SimWorker> workers = new LinkedHashMap<>();
  final SimPath[] paths = new SimPath[PARTITIONS];
  final Set<String> deafHosts = new HashSet<>();
  final List<RestartOrder> orders = new ArrayList<>();
  final List<Long> orderedAtMs = new ArrayList<>();
  final SimLanes lanes = new SimLanes(this);
  final List<Action.Collect> collects = new ArrayList<>();
  final List<Action.Audit> audits = new ArrayList<>();

  private final Map<String, KnownInstance> roster = new HashMap<>();
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final SimQueue queue = new SimQueue();
  private final List<Input> inbox = new ArrayList<>();
  private final List<Runnable> heldRecords = new ArrayList<>();
  FleetEngine engine = new FleetEngine(EngineSettings.DEFAULTS);
  long nowMs;
  LongFunction<List<Observation>> evidence = now -> List.of();
  boolean leading = true;
  boolean exitEvents;
  boolean lateNotLost;
  boolean deafHostsAnswerOthers;
  long pausedUntilMs = -1;
  final List<RestartOrder> advised = new ArrayList<>();
  double loss = 0.0005;
  private long offset;

  Sim(long seed) {
    random = new Random(seed);
    java.util.Arrays.fill(paths, SimPath.FINE);
    inbox.add(new Input.Leading(true, 1));
    inbox.add(new Input.Mapped(SimCluster.map()));
    for (int p = 0; p < PARTITIONS; p++) {
      int partition = p;
      at(100 + 190L * p, () -> lanes.every(partition));
      at(50 + 40L * p, () -> lanes.read(partition));
    }
  }

  Sim agents(int count, long intervalMs) {
    for (int i = 0; i < count; i++) {
      String host = SimCluster.HOSTS.getOrDefault(1001 + i % 6, "");
      add(new SimWorker("dac-%02d".formatted(i), SenderKind.AGENT, intervalMs, host, i));
    }
    return this;
  }

  Sim standsBy() {
    leading = false;
    inbox.removeIf(Input.Leading.class::isInstance);
    return this;
  }

  Sim add(SimWorker worker) {
    workers.put(worker.id.value(), worker);
    at(nowMs + worker.nextBeatMs, () -> beat(worker));
    return this;
  }

  SimWorker worker(String name) {
    return java.util.Objects.requireNonNull(workers.get(name), name);
  }

  void at(long ms, Runnable run) {
    queue.add(ms, run);
  }

  long delay() {
    return 5 + (long) (15 * Math.exp(random.nextGaussian() * 0.5));
  }

  private void beat(SimWorker worker) {
    at(nowMs + worker.intervalMs + random.nextInt(-25, 26), () -> beat(worker));
    if (!worker.running()) {
      return;
    }
    worker.seq++;
    int p = worker.partition(PARTITIONS);
    var beat = worker.beat(p, offset++, nowMs);
    boolean hostCut = deafHosts.contains(worker.host);
    if (random.nextDouble() < loss) {
      return;
    }
    Runnable deliver = () -> inbox.add(new Input.Heard(beat));
    boolean visibleLater = paths[p] == SimPath.ISR || lateNotLost;
    if (paths[p] == SimPath.FINE && !hostCut) {
      at(nowMs + delay(), deliver);
    } else if (visibleLater) {
      heldRecords.add(deliver);
    }
  }

  /** Everything that was late comes at once, oldest first, spread over two seconds. */
  void heal() {
    java.util.Arrays.fill(paths, SimPath.FINE);
    deafHosts.clear();
    for (int i = 0; i < heldRecords.size(); i++) {
      at(nowMs + 2_000L * i / heldRecords.size(), heldRecords.get(i));
    }
    heldRecords.clear();
  }

  /** Runs until {@code ms}, a step at every tick. */
  Sim runTo(long ms) {
    while (nowMs < ms) {
      nowMs += TICK_MS;
      long tickMs = nowMs;
      queue.runThrough(tickMs, dueMs -> nowMs = dueMs);
      nowMs = tickMs;
      if (nowMs >= pausedUntilMs) {
        var inputs = List.copyOf(inbox);
        inbox.clear();
        take(engine.step(inputs, nowMs));
      }
    }
    return this;
  }

  Sim run(long forMs) {
    return runTo(nowMs + forMs);
  }

  /** We stand still; on waking the loop ticks before it drains what came meanwhile. */
  void pause(long forMs) {
    pausedUntilMs = nowMs + forMs;
    at(pausedUntilMs, () -> take(engine.step(List.of(new Input.Self(forMs, 0)), nowMs)));
  }

  /** We are killed and started again, with what the store kept. */
  void restartOrchestrator() {
    engine = new FleetEngine(EngineSettings.DEFAULTS);
    inbox.clear();
    var open = incidents.values().stream().filter(Incident::open).toList();
    inbox.add(new Input.Recalled(List.copyOf(roster.values()), open, incidents.size()));
    inbox.add(new Input.Leading(true, 2));
    inbox.add(new Input.Mapped(SimCluster.map()));
  }

  private void take(List<Action> actions) {
    for (var action : actions) {
      switch (action) {
        case Action.Probe probe -> probe(probe);
        case Action.Sample(int partition) -> lanes.asked(partition);
        case Action.Restart(var asked) -> restart(asked);
        case Action.Advise(var order) -> advised.add(order);
        case Action.Collect collect -> collect(collect);
        case Action.Audit audit -> audits.add(audit);
        case Action.Save(var incident) -> incidents.put(incident.id(), incident);
        case Action.Remember(var known) -> roster.put(known.id().value(), known);
        case Action.Forget(var id) -> roster.remove(id.value());
      }
    }
    if (actions.isEmpty()) {
      return;
    }
    for (var instance : view().instances()) {
      boolean inferred =
          instance.verdict() instanceof Verdict.Dead(long since, DeathProof proof)
              && proof == DeathProof.SILENCE;
      assertThat(inferred && worker(instance.from().id().value()).running())
          .as("at %d a running %s is held for dead by silence", nowMs, instance)
          .isFalse();
    }
  }

  private void collect(Action.Collect collect) {
    collects.add(collect);
    at(
        nowMs + 2_000,
        () -> inbox.add(new Input.Collected(collect.incidentId(), evidence.apply(nowMs))));
  }

  private void probe(Action.Probe probe) {
    var worker = worker(probe.instance().value());
    long asked = nowMs;
    var outcome = outcome(worker);
    long after = outcome instanceof ProbeOutcome.TimedOut ? 700 : 20;
    at(asked + after, () -> inbox.add(new Input.Probed(worker.id, asked, outcome)));
  }

  private ProbeOutcome outcome(SimWorker worker) {
    if (deafHosts.contains(worker.host)) {
      return new ProbeOutcome.TimedOut(deafHostsAnswerOthers, deafHostsAnswerOthers);
    }
    return worker.asked(nowMs);
  }

  private void restart(RestartOrder asked) {
    assertThat(leading).as("at %d acted without leading", nowMs).isTrue();
    var worker = worker(asked.instance().value());
    boolean running = worker.running();
    assertThat(running).as("at %d false restart: %s", nowMs, asked).isFalse();
    orders.add(asked);
    orderedAtMs.add(nowMs);
    long lastSecond = orderedAtMs.stream().filter(at -> nowMs - at < 1_000).count();
    assertThat(lastSecond).as("at %d restarts within a second", nowMs).isLessThanOrEqualTo(31);
    if (worker.foundMs < 0) {
      worker.foundMs = nowMs;
    }
    var truth = worker.life == SimWorker.Life.HUNG ? RestartTruth.HUNG : RestartTruth.EXITED;
    at(nowMs + 300, () -> inbox.add(new Input.Restarted(asked.key(), true, truth, "")));
    at(nowMs + 2_500, () -> worker.start(nowMs));
  }

  void kill(String name, SimWorker.Life how) {
    var worker = worker(name);
    worker.die(how, nowMs);
    if (exitEvents && how == SimWorker.Life.KILLED) {
      long life = worker.incarnation;
      at(nowMs + 150, () -> inbox.add(new Input.Exited(worker.id, life, 137)));
    }
  }

  void tell(Input input) {
    inbox.add(input);
  }

  View view() {
    return engine.view();
  }

  Verdict verdict(String name) {
    return view().instances().stream()
        .filter(i -> i.from().id().value().equals(name))
        .findFirst()
        .orElseThrow()
        .verdict();
  }
}
