package holter.lab.bench;

import holter.detect.Verdict;
import holter.engine.Action;
import holter.engine.AuditEntry;
import holter.engine.EngineSettings;
import holter.engine.FleetEngine;
import holter.engine.Input;
import holter.engine.RestartOrder;
import holter.fleet.Beat;
import holter.lab.sim.Detector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holter's own engine, as the orchestrator runs it, in one or two replicas that all hear
 * everything; one leads by a lease. A leader that stalls loses it, and goes on believing in it for
 * as long as it has not looked.
 */
public final class Ours implements Detector {
  /** From the end of a lease until another replica has taken it. */
  static final long TAKEOVER_MS = 2_000;

  /** The defaults, and a limit for workers that beat without working. */
  private static EngineSettings settings(int missedSlotsMax) {
    return new EngineSettings(
        missedSlotsMax,
        EngineSettings.DEFAULTS.startupWithinMs(),
        EngineSettings.DEFAULTS.incidentQuietMs(),
        DetectScenarios.WORK_MAY_STAND_MS,
        false);
  }

  private final Hands hands;
  private final Consumer<AuditEntry> audited;
  private final List<Replica> replicas = new ArrayList<>();
  private int leader;
  private long epoch = 1;

  /** What the replicas' store holds: the latest order of each instance. */
  private final SimStore store = new SimStore();

  private long nowMs;

  /** One orchestrator. */
  private final class Replica {
    final FleetEngine engine;
    final List<Input> inbox = new ArrayList<>();
    long stalledUntilMs = -1;
    boolean leads;

    Replica(EngineSettings settings) {
      engine = new FleetEngine(settings);
    }

    void turn(long now) {
      if (now < stalledUntilMs) {
        return;
      }
      var inputs = List.copyOf(inbox);
      inbox.clear();
      for (var input : inputs) {
        leads = input instanceof Input.Leading leading ? leading.leading() : leads;
      }
      engine.step(inputs, now).forEach(action -> act(action, leads));
    }
  }

  /**
   * One orchestrator or two, with a threshold of its own.
   *
   * @param missedSlotsMax countable misses before an inference
   */
  Ours(Hands hands, int count, int missedSlotsMax) {
    this(hands, count, settings(missedSlotsMax), entry -> {});
  }

  /**
   * One orchestrator or two.
   *
   * @param audited hears every decision of each of them
   */
  public Ours(Hands hands, int count, Consumer<AuditEntry> audited) {
    this(hands, count, settings(EngineSettings.DEFAULTS.missedSlotsMax()), audited);
  }

  private Ours(Hands hands, int count, EngineSettings settings, Consumer<AuditEntry> audited) {
    this.hands = hands;
    this.audited = audited;
    for (int i = 0; i < count; i++) {
      replicas.add(new Replica(settings));
    }
  }

  @Override
  public void heard(int number, Beat beat, long nowMs, long wallMs) {
    replicas.forEach(r -> r.inbox.add(new Input.Heard(beat)));
  }

  @Override
  public void learnt(Input input) {
    for (int i = 0; i < replicas.size(); i++) {
      var told =
          input instanceof Input.Leading first
              ? new Input.Leading(i == leader, first.epoch())
              : input;
      replicas.get(i).inbox.add(told);
    }
  }

  @Override
  public void tick(long nowMs, long wallMs) {
    this.nowMs = nowMs;
    replicas.forEach(r -> r.turn(nowMs));
  }

  @Override
  public void leaderStalls(long forMs) {
    if (replicas.size() < 2) {
      return;
    }
    var stalled = replicas.get(leader);
    int next = (leader + 1) % replicas.size();
    stalled.stalledUntilMs = nowMs + forMs;
    hands.at(
        nowMs + SimStore.LEASE_MS + TAKEOVER_MS,
        () -> {
          leader = next;
          var inbox = replicas.get(next).inbox;
          inbox.add(new Input.Leading(true, ++epoch));
          inbox.addAll(store.ordered(nowMs));
        });
    // it wakes with a full inbox, still believing; it notices its pause, and later its lost lease
    hands.at(nowMs + forMs, () -> stalled.inbox.addFirst(new Input.Self(forMs, 0)));
    hands.at(
        nowMs + forMs + SimStore.LEASE_MS,
        () -> stalled.inbox.add(new Input.Leading(false, epoch)));
  }

  private void act(Action action, boolean leads) {
    switch (action) {
      case Action.Probe probe -> hands.ask(number(probe.instance().value()));
      case Action.Sample(int partition) -> hands.sample(partition);
      case Action.Restart(RestartOrder order) -> {
        if (!leads) {
          hands.breaks("a replica that does not lead ordered a restart");
        }
        store.keep(order, nowMs);
        hands.order(number(order.instance().value()), order);
      }
      case Action.Audit(var entry) -> {
        audited.accept(entry);
        audit(entry.subject(), entry.from(), entry.to());
      }
      case Action.Collect collect ->
          hands.at(
              nowMs + 2_000, () -> learnt(new Input.Collected(collect.incidentId(), List.of())));
      case Action.Advise advise -> {}
      case Action.Save save -> {}
      case Action.Remember remember -> {}
      case Action.Forget forget -> {}
    }
  }

  private void audit(String subject, String from, String to) {
    if (!subject.startsWith("dac-") || from.equals(to)) {
      return;
    }
    hands.turns(number(subject), to);
  }

  /** The number of a simulated worker. */
  static int number(String id) {
    return Integer.parseInt(id.substring("dac-".length()));
  }

  /** What the leading replica holds a worker to be. */
  Verdict verdict(int number) {
    return replicas.get(leader).engine.view().instances().stream()
        .filter(i -> number(i.from().id().value()) == number)
        .findFirst()
        .orElseThrow()
        .verdict();
  }
}
