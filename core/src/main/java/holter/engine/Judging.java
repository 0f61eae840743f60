package holter.engine;

import holter.channel.Channel;
import holter.detect.ActionGate;
import holter.detect.Case;
import holter.detect.DeathProof;
import holter.detect.Misses;
import holter.detect.Ruling;
import holter.detect.StateTable;
import holter.detect.Verdict;
import holter.fleet.SenderKind;
import java.util.function.BiPredicate;

/** Puts every instance before the state table, and every death before the gate. */
final class Judging {
  private final World world;
  private final Transitions transitions;
  private final Acting acting;
  private final BiPredicate<String, Long> hostGone;
  private final Proving proving;

  /**
   * @param hostGone whether peers, from another vantage than ours, find a host gone
   */
  Judging(World world, Transitions transitions, Acting acting, BiPredicate<String, Long> hostGone) {
    this.world = world;
    this.transitions = transitions;
    this.acting = acting;
    this.hostGone = hostGone;
    this.proving =
        new Proving(
            world.fleet().slots(),
            world.channel(),
            world.outbox(),
            world.settings().missedSlotsMax());
  }

  void tick(long nowMs) {
    world.gate().now(world.fleet().size(), world.observer().leading());
    var fleet = world.fleet();
    fleet.wakeDue(nowMs);
    for (int row = fleet.nextAwake(0); row >= 0; row = fleet.nextAwake(row + 1)) {
      var member = fleet.at(row);
      if (member != null && quiet(row, member, nowMs)) {
        fleet.rest(row, member, nowMs);
      } else if (member != null) {
        judge(row, member, nowMs);
      }
    }
    proving.tick(nowMs);
  }

  /** Beats on time, and nothing said against it: the usual case, and a cheap one. */
  private boolean quiet(int row, Member member, long nowMs) {
    boolean quiet =
        member.verdict instanceof Verdict.Alive
            && member.exitCode == null
            && !member.plannedBeat
            && !idle(row)
            && !world.fleet().slots().due(row, nowMs);
    if (quiet) {
      member.misses = Misses.NONE;
      member.beats = 0;
      member.reborn = false;
    }
    return quiet;
  }

  private boolean idle(int row) {
    long limit = world.settings().workMayStandMs();
    return limit > 0 && world.fleet().table().workStoodMs(row) >= limit;
  }

  private void judge(int row, Member member, long nowMs) {
    boolean due = world.fleet().slots().due(row, nowMs);
    member.misses =
        due
            ? world.fleet().slots().count(row, nowMs, world.observer().listensSinceMs())
            : Misses.NONE;
    proving.counted(member);
    acting.overdue(row, member, nowMs);
    var ruling = StateTable.judge(caseOf(row, member, nowMs));
    if (ruling == null) {
      boolean proved =
          member.verdict instanceof Verdict.Dead(long since, DeathProof proof) && proof.proved();
      if (proved && !world.observer().grace()) {
        gate(row, member, new Ruling(member.rule, member.verdict, member.why), nowMs);
      }
    } else if (ruling.verdict() instanceof Verdict.Dead) {
      gate(row, member, ruling, nowMs);
    } else if (!ruling.says(member.verdict)) {
      transitions.to(row, ruling, nowMs);
    }
  }

  private Case caseOf(int row, Member member, long nowMs) {
    var table = world.fleet().table();
    Channel channel = world.channel();
    String host = table.host(row);
    boolean gone = member.asked.unconnected() >= 2 && !host.isEmpty() && hostGone.test(host, nowMs);
    boolean planned = member.plannedBeat || nowMs < member.plannedUntilMs;
    boolean doubtful = member.misses.countable() >= world.settings().missedSlotsMax();
    return new Case(
        member.verdict,
        nowMs,
        world.observer().grace(),
        new Case.Heard(
            member.beats,
            member.reborn,
            nowMs - table.silentFromMs(row),
            unheardMs(row, nowMs),
            planned,
            table.incarnation(row).counter(),
            table.heardMs(row) >= 0,
            table.workStoodMs(row)),
        member.misses,
        member.asked,
        new Case.Proofs(member.exitCode, gone),
        new Case.Around(
            table.kind(row) == SenderKind.AGENT,
            !table.answerAt(row).isEmpty(),
            host,
            doubtful ? world.fleet().doubt(row, nowMs) : null,
            channel.healthyCount(),
            channel.size(),
            world.settings().missedSlotsMax(),
            world.settings().workMayStandMs()));
  }

  /** Our own pause is no silence of anybody's. */
  private long unheardMs(int row, long nowMs) {
    long since =
        Math.max(world.fleet().table().silentFromMs(row), world.observer().listensSinceMs());
    return Math.max(0, nowMs - since);
  }

  private void gate(int row, Member member, Ruling death, long nowMs) {
    if (!(death.verdict() instanceof Verdict.Dead(long since, DeathProof proof))) {
      return;
    }
    boolean already = death.says(member.verdict);
    if (member.advised) {
      enter(row, member, death, already, nowMs);
      return;
    }
    switch (world.gate().decide(candidate(row, member, proof, already, nowMs))) {
      case ActionGate.Decision.Act act -> {
        enter(row, member, death, already, nowMs);
        if (world.settings().advises()) {
          acting.advise(row, member, death, nowMs);
        } else {
          acting.order(row, death, nowMs);
        }
      }
      case ActionGate.Decision.Look look -> enter(row, member, death, already, nowMs);
      case ActionGate.Decision.Wait(String rule, var why) -> {
        enter(row, member, death, already, nowMs);
        if (!member.objection.equals(rule)) {
          member.objection = rule;
          transitions.note(row, rule, why, nowMs);
        }
      }
      case ActionGate.Decision.Refuse(Ruling instead) -> {
        if (!(instead.verdict() instanceof Verdict.Held)) {
          enter(row, member, death, already, nowMs);
          member.death = death;
        }
        if (!instead.says(member.verdict)) {
          transitions.to(row, instead, nowMs);
        }
      }
    }
  }

  private void enter(int row, Member member, Ruling death, boolean already, long nowMs) {
    if (!already) {
      transitions.to(row, death, nowMs);
      member.death = death;
    }
  }

  private ActionGate.Candidate candidate(
      int row, Member member, DeathProof proof, boolean already, long nowMs) {
    var table = world.fleet().table();
    long proved = Long.MAX_VALUE;
    for (int p : world.channel().partitions()) {
      proved = Math.min(proved, world.channel().provedThroughMs(p));
    }
    return new ActionGate.Candidate(
        table.id(row).value(),
        table.host(row),
        proof,
        member.restarts,
        !table.answerAt(row).isEmpty() && !member.asked.unaskable(),
        already ? member.verdict.sinceMs() : nowMs,
        member.asked.agreedMs(proof),
        world.channel().size() == 0 ? -1 : proved,
        nowMs);
  }
}
