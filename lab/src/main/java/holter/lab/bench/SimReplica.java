package holter.lab.bench;

import holter.engine.Action;
import holter.engine.EngineSettings;
import holter.engine.FleetEngine;
import holter.engine.Input;
import java.util.ArrayList;
import java.util.List;

/** One orchestrator process of a simulation: its memory is gone when it is killed. */
final class SimReplica {
  /** As the store's own watch has it. */
  enum Role {
    LEADS,
    LOST,
    STANDBY
  }

  final int number;
  final List<Input> inbox = new ArrayList<>();

  /** What it was about to do when it was stopped. */
  final List<Runnable> onWaking = new ArrayList<>();

  private FleetEngine engine = new FleetEngine(EngineSettings.DEFAULTS);
  Role role = Role.STANDBY;
  long epoch;
  long countedFromMs;

  /** Grows with each killing: what belonged to an earlier life is not done. */
  int life;

  boolean stopped;
  private boolean alive = true;

  SimReplica(int number) {
    this.number = number;
  }

  void killed() {
    alive = false;
    life++;
    inbox.clear();
    onWaking.clear();
    role = Role.STANDBY;
    epoch = 0;
  }

  void begins() {
    alive = true;
    engine = new FleetEngine(EngineSettings.DEFAULTS);
  }

  boolean leads() {
    return role == Role.LEADS;
  }

  void leads(long by, long nowMs) {
    role = Role.LEADS;
    epoch = by;
    countedFromMs = nowMs;
  }

  /** Whether it certainly leads, by its own clock. */
  boolean leadsNow(long nowMs) {
    return leads() && nowMs - countedFromMs < SimStore.LEASE_MS - SimStore.MARGIN_MS;
  }

  void hears(Input input) {
    if (alive) {
      inbox.add(input);
    }
  }

  List<Action> turn(long nowMs) {
    if (!alive || stopped) {
      return List.of();
    }
    var inputs = List.copyOf(inbox);
    inbox.clear();
    return engine.step(inputs, nowMs);
  }
}
