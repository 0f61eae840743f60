package holter.engine;

import holter.channel.PathState;
import holter.detect.DeathProof;
import holter.detect.Ruling;
import holter.detect.Verdict;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;

/** The one place where a verdict changes: audit, counters and incidents hear of each change. */
final class Transitions {
  private final World world;
  private final Chronicle chronicle;

  Transitions(World world, Chronicle chronicle) {
    this.world = world;
    this.chronicle = chronicle;
  }

  void to(int row, Ruling ruling, long nowMs) {
    var member = world.fleet().at(row);
    if (member == null) {
      return;
    }
    var from = member.verdict;
    var id = world.fleet().table().id(row);
    var evidence = evidence(row, member, nowMs);
    member.verdict = ruling.verdict();
    member.rule = ruling.rule();
    member.why = ruling.why();
    member.beats = 0;
    member.reborn = false;
    member.objection = "";
    var why = new Outbox.Why(ruling.rule(), ruling.why());
    world.outbox().audit(nowMs, id.value(), name(from), name(ruling.verdict()), why, evidence);
    boolean wasHeld = from instanceof Verdict.Held;
    if (member.held() && !wasHeld) {
      world.outbox().held();
    }
    switch (ruling.verdict()) {
      case Verdict.Held held -> chronicle.held(id, held.reason(), ruling, nowMs);
      case Verdict.Alive alive -> {
        member.asked.clear();
        member.exitCode = ended(from) ? null : member.exitCode;
        member.advised = false;
        member.death = null;
        member.order = null;
        member.plannedUntilMs = -1;
        chronicle.alive(id, nowMs);
      }
      case Verdict.Dead(long since, DeathProof proof) -> {
        member.restarts.died(nowMs);
        world.fleet().table().end(row, proof == DeathProof.EXIT_EVENT, nowMs);
        chronicle.died(id, proof, nowMs);
      }
      case Verdict.Joining v -> {}
      case Verdict.Suspect v -> {}
      case Verdict.Restarting v -> {}
      case Verdict.Backoff v -> {}
      case Verdict.Quarantined v -> {}
      case Verdict.Planned v -> {}
    }
    if (wasHeld && !member.held()) {
      chronicle.released(id, nowMs);
    }
  }

  /** A life was over; what lives now is another one, or the proof was wrong. */
  private static boolean ended(Verdict verdict) {
    return verdict instanceof Verdict.Dead
        || verdict instanceof Verdict.Restarting
        || verdict instanceof Verdict.Backoff
        || verdict instanceof Verdict.Quarantined;
  }

  /** A decision that leaves the verdict as it is. */
  void note(int row, String rule, Sentence why, long nowMs) {
    var member = world.fleet().at(row);
    if (member != null) {
      String id = world.fleet().table().id(row).value();
      String same = name(member.verdict);
      var because = new Outbox.Why(rule, why);
      world.outbox().audit(nowMs, id, same, same, because, evidence(row, member, nowMs));
    }
  }

  static String name(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Held(long since, var reason) -> "Held(" + reason + ")";
      case Verdict.Dead(long since, var proof) -> "Dead(" + proof + ")";
      case Verdict.Joining v -> "Joining";
      case Verdict.Alive v -> "Alive";
      case Verdict.Suspect v -> "Suspect";
      case Verdict.Restarting v -> "Restarting";
      case Verdict.Backoff v -> "Backoff";
      case Verdict.Quarantined v -> "Quarantined";
      case Verdict.Planned v -> "Planned";
    };
  }

  private List<String> evidence(int row, Member member, long nowMs) {
    var table = world.fleet().table();
    var lines = new ArrayList<String>();
    long heard = table.heardMs(row);
    lines.add(
        heard < 0
            ? "never heard since our start"
            : "last beat " + (nowMs - heard) + " ms ago, seq " + table.seq(row));
    var m = member.misses;
    if (m.total() + m.pending() > 0) {
      lines.add(
          "slots: %d countable on %d partitions, %d not countable, %d not proved yet"
              .formatted(m.countable(), m.partitions(), m.uncounted(), m.pending()));
    }
    var latest = member.asked.latest();
    if (latest != null) {
      lines.add("asked " + (nowMs - member.asked.latestAskedMs()) + " ms ago: " + latest);
    }
    for (int p : world.channel().partitions()) {
      if (lines.size() < 16 && !(world.channel().state(p) instanceof PathState.Healthy)) {
        lines.add("partition " + p + ": " + describe(world.channel().state(p)));
      }
    }
    if (world.observer().grace()) {
      lines.add("observer in grace");
    }
    return lines;
  }

  static String describe(PathState state) {
    return switch (state) {
      case PathState.Unknown(Sentence missing) -> "unknown, " + missing;
      case PathState.Healthy(long since) -> "healthy since " + since;
      case PathState.Sick(var kind, long since, int broker) ->
          "sick, " + kind + " since " + since + ", broker " + broker;
    };
  }
}
