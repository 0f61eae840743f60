package holter.engine;

import holter.detect.DeathProof;
import holter.detect.RestartTruth;
import holter.detect.Ruling;
import holter.detect.Verdict;
import holter.detect.VerdictWords;
import holter.fleet.Incarnation;
import holter.fleet.SenderKind;
import holter.words.Sentence;

/** Orders restarts, at most once each, and takes in what became of them. */
final class Acting {
  /** No word of an order for this long: it is sent again under the same key. */
  static final long LOST_MS = 15_000;

  private static final int SENT_MAX = 3;

  /** After an order that was refused or lost. */
  private static final long AGAIN_MS = 10_000;

  /** An order that is older says nothing of the silence of now. */
  private static final long ADOPTED_MAX_MS = 120_000;

  private final World world;
  private final Transitions transitions;
  private final Chronicle chronicle;

  Acting(World world, Transitions transitions, Chronicle chronicle) {
    this.world = world;
    this.transitions = transitions;
    this.chronicle = chronicle;
  }

  void order(int row, Ruling death, long nowMs) {
    if (!(death.verdict() instanceof Verdict.Dead(long since, DeathProof proof))) {
      return;
    }
    send(row, restart(row, proof, death, nowMs), death, nowMs);
  }

  private void send(int row, RestartOrder order, Ruling death, long nowMs) {
    var table = world.fleet().table();
    var member = world.fleet().at(row);
    if (member == null) {
      return;
    }
    member.order = order;
    member.orderSent = 1;
    member.orderSentMs = nowMs;
    world.outbox().ordered();
    world.outbox().add(new Action.Restart(order));
    var why = Sentence.of(VerdictWords.ORDERED, death.why());
    transitions.to(
        row, new Ruling(death.rule(), new Verdict.Restarting(nowMs, order.key()), why), nowMs);
    chronicle.ordered(table.id(row), death.why(), nowMs);
  }

  private RestartOrder restart(int row, DeathProof proof, Ruling death, long nowMs) {
    var table = world.fleet().table();
    var life = endedLife(row, proof);
    long epoch = world.observer().epoch();
    String key = table.id(row) + "/" + life.counter() + "/" + epoch + "/" + nowMs;
    return new RestartOrder(key, table.id(row), life, epoch, proof, death.why());
  }

  /** The life that is to be ended: the one heard last, or a later one that was asked. */
  private Incarnation endedLife(int row, DeathProof proof) {
    var heard = world.fleet().table().incarnation(row);
    var member = world.fleet().at(row);
    if (member == null || !byAsking(proof) || !member.asked.metNewer(heard.counter())) {
      return heard;
    }
    return new Incarnation(member.asked.metLife(), "");
  }

  /** Whether questions told of this death; else an event or beats did, and they name their life. */
  private static boolean byAsking(DeathProof proof) {
    return switch (proof) {
      case PORT_REFUSED, HUNG, HOST_GONE, SILENCE -> true;
      case EXIT_EVENT, IDLE -> false;
    };
  }

  /**
   * The leader before us had ordered it, and whoever was to hear the answer is gone: it is ordered
   * again under its own key, so that a runner that carried it out does nothing.
   */
  void adopt(RestartOrder before, long agoMs, long nowMs) {
    int row = world.fleet().table().row(before.instance());
    var member = world.fleet().at(row);
    if (member == null || agoMs > ADOPTED_MAX_MS || !unheardSince(row, before, agoMs, nowMs)) {
      return;
    }
    var why = Sentence.of(VerdictWords.ADOPTED, before.why());
    var death = new Ruling("G1", new Verdict.Dead(nowMs, before.proof()), why);
    transitions.to(row, death, nowMs);
    member.death = death;
    member.restarts.ordered(!before.proof().proved(), nowMs);
    send(
        row,
        new RestartOrder(
            before.key(),
            before.instance(),
            before.expected(),
            world.observer().epoch(),
            before.proof(),
            before.why()),
        death,
        nowMs);
  }

  /** Whether it is silent still, and lives the life that was to be ended. */
  private boolean unheardSince(int row, RestartOrder before, long agoMs, long nowMs) {
    var table = world.fleet().table();
    var member = world.fleet().at(row);
    boolean waits = member != null && (member.silent() || member.verdict instanceof Verdict.Dead);
    boolean agent = table.kind(row) == SenderKind.AGENT;
    boolean done = member != null && member.asked.metNewer(before.expected().counter());
    return waits
        && !done
        && (agent
            ? table.incarnation(row).counter() <= before.expected().counter()
            : table.heardMs(row) < nowMs - agoMs);
  }

  /** Says once what a person should do. An advice is not an act: the instance stays dead. */
  void advise(int row, Member member, Ruling death, long nowMs) {
    if (death.verdict() instanceof Verdict.Dead(long since, DeathProof proof)) {
      world.outbox().add(new Action.Advise(restart(row, proof, death, nowMs)));
      member.advised = true;
      member.why = Sentence.of(VerdictWords.ADVISED, death.why());
      transitions.note(row, death.rule(), member.why, nowMs);
    }
  }

  /** Sends lost orders again, ends backoffs and stops on purpose. */
  void overdue(int row, Member member, long nowMs) {
    switch (member.verdict) {
      case Verdict.Restarting v -> lost(row, member, nowMs);
      case Verdict.Backoff(long since, long until) -> {
        if (nowMs >= until) {
          after(row, member, nowMs);
        }
      }
      case Verdict.Planned(long since, long until) -> {
        if (nowMs >= until) {
          member.plannedBeat = false;
        }
      }
      case Verdict.Joining v -> {}
      case Verdict.Alive v -> {}
      case Verdict.Suspect v -> {}
      case Verdict.Held v -> {}
      case Verdict.Dead v -> {}
      case Verdict.Quarantined v -> {}
    }
  }

  /** It waited long enough. What was asked before says nothing of now: it is asked anew. */
  private void after(int row, Member member, long nowMs) {
    var death = member.death;
    if (death == null || !(death.verdict() instanceof Verdict.Dead(long since, DeathProof proof))) {
      return;
    }
    boolean asks = byAsking(proof) && !world.fleet().table().answerAt(row).isEmpty();
    if (asks) {
      member.asked.clear();
    }
    var again = asks ? new Verdict.Suspect(nowMs) : new Verdict.Dead(nowMs, proof);
    transitions.to(row, new Ruling(death.rule(), again, death.why()), nowMs);
  }

  private void lost(int row, Member member, long nowMs) {
    var order = member.order;
    if (order == null || nowMs - member.orderSentMs < LOST_MS) {
      return;
    }
    if (member.orderSent < SENT_MAX && world.observer().leading()) {
      member.orderSent++;
      member.orderSentMs = nowMs;
      world.outbox().add(new Action.Restart(order));
    } else {
      member.restarts.notDone();
      backoff(row, member, Sentence.of(VerdictWords.RESTART_LOST, LOST_MS * SENT_MAX), nowMs);
    }
  }

  private void backoff(int row, Member member, Sentence why, long nowMs) {
    long until = Math.max(nowMs + AGAIN_MS, member.restarts.notBeforeMs(nowMs));
    transitions.to(row, new Ruling("G3", new Verdict.Backoff(nowMs, until), why), nowMs);
  }

  /** The runner's answer. */
  void restarted(Input.Restarted answer, long nowMs) {
    int row = rowOf(answer.orderKey());
    var member = world.fleet().at(row);
    if (member == null || !(member.verdict instanceof Verdict.Restarting)) {
      return;
    }
    var id = world.fleet().table().id(row);
    var why =
        answer.done()
            ? Sentence.of(VerdictWords.RESTART_DONE, answer.truth())
            : Sentence.of(VerdictWords.RESTART_REFUSED, answer.detail());
    chronicle.restarted(id, answer.done(), answer.truth(), nowMs);
    boolean healthy = answer.truth() == RestartTruth.HEALTHY;
    var order = member.order;
    boolean forIdling = order != null && order.proof() == DeathProof.IDLE; // it ran, as was known
    if (answer.done() && healthy && !forIdling) {
      world.gate().breaker().falseRestart(nowMs);
    }
    if (!answer.done()) {
      member.restarts.notDone();
    }
    if (answer.done() && order != null && order.expected().counter() > 0) {
      // its last beats may still be on their way: they are not the next life's
      world.fleet().table().endLife(row, order.expected().counter());
    }
    if (answer.done() || healthy) {
      rejoin(row, member, why, nowMs);
    } else {
      backoff(row, member, why, nowMs);
    }
  }

  private void rejoin(int row, Member member, Sentence why, long nowMs) {
    member.asked.clear();
    member.exitCode = null;
    var table = world.fleet().table();
    long startup = world.settings().startupWithinMs();
    table.expectFrom(row, nowMs + startup - Math.min(startup, table.intervalMs(row)));
    transitions.to(row, new Ruling("R1", new Verdict.Joining(nowMs), why), nowMs);
  }

  private int rowOf(String orderKey) {
    var fleet = world.fleet();
    for (int row = fleet.nextAwake(0); row >= 0; row = fleet.nextAwake(row + 1)) {
      var member = fleet.at(row);
      if (member != null && member.order != null && member.order.key().equals(orderKey)) {
        return row;
      }
    }
    return -1;
  }

  /** The runner reports an exit. What we ordered ourselves, and older lives, say nothing new. */
  void exited(Input.Exited exit, long nowMs) {
    var table = world.fleet().table();
    int row = table.row(exit.instance());
    var member = world.fleet().at(row);
    if (member == null) {
      return;
    }
    boolean foreign = table.kind(row) != SenderKind.AGENT;
    long life = foreign ? 0 : exit.incarnationCounter();
    var order = member.order;
    boolean ours =
        order != null
            && (life == 0
                ? nowMs - member.orderSentMs < LOST_MS
                : life <= order.expected().counter());
    if (ours || (life != 0 && life < table.incarnation(row).counter())) {
      return;
    }
    if (life > table.incarnation(row).counter()) {
      table.endLife(row, life);
    }
    member.exitCode = exit.exitCode();
    if (member.verdict instanceof Verdict.Restarting) {
      return;
    }
    chronicle.exited(exit.instance(), exit.exitCode(), nowMs);
  }
}
