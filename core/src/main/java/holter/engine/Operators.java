package holter.engine;

import holter.detect.Ruling;
import holter.detect.Verdict;
import holter.fleet.InstanceId;
import holter.words.Sentence;
import java.util.List;

/** What people say of instances; each word is audited. Rules {@code O1} to {@code O3}. */
final class Operators {
  private final World world;
  private final Transitions transitions;

  Operators(World world, Transitions transitions) {
    this.world = world;
    this.transitions = transitions;
  }

  /** It will be down on purpose. */
  void planned(InstanceId id, long forMs, long nowMs) {
    var member = world.fleet().find(id);
    if (member != null) {
      member.plannedUntilMs = nowMs + forMs;
      var why = Sentence.of(IncidentWords.PLANNED, forMs);
      var until = new Verdict.Planned(nowMs, nowMs + forMs);
      transitions.to(world.fleet().table().row(id), new Ruling("R2", until, why), nowMs);
    }
  }

  /** It is expected no more. */
  void forgotten(InstanceId id, long nowMs) {
    world.fleet().forget(id);
    world.outbox().add(new Action.Forget(id));
    var why = new Outbox.Why("O1", Sentence.of(IncidentWords.FORGOTTEN));
    world.outbox().audit(nowMs, id.value(), "known", "forgotten", why, List.of());
  }

  /**
   * Its restarts so far are forgiven. In quarantine or backoff it is dead again, and comes before
   * the gate in this very step; a quarantined one whose death is not known is waited for.
   */
  void released(InstanceId id, long nowMs) {
    var member = world.fleet().find(id);
    if (member == null) {
      return;
    }
    int row = world.fleet().table().row(id);
    boolean kept =
        member.verdict instanceof Verdict.Quarantined || member.verdict instanceof Verdict.Backoff;
    member.restarts.forgive();
    if (!kept) {
      transitions.note(row, "O2", Sentence.of(IncidentWords.NOTHING_TO_RELEASE), nowMs);
      return;
    }
    var free = Sentence.of(IncidentWords.SET_FREE);
    var death = member.death;
    var next =
        death != null && death.verdict() instanceof Verdict.Dead dead
            ? new Verdict.Dead(nowMs, dead.proof())
            : new Verdict.Joining(nowMs);
    transitions.to(row, new Ruling("O2", next, free), nowMs);
  }

  /** Inferred deaths may be acted on again. */
  void breakerClosed(long nowMs) {
    boolean open = world.gate().breaker().open(nowMs);
    world.gate().breaker().close();
    var why = new Outbox.Why("O3", Sentence.of(IncidentWords.BREAKER_CLOSED));
    world.outbox().audit(nowMs, "breaker", open ? "open" : "closed", "closed", why, List.of());
  }
}
