package holter.detect;

import holter.words.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first table: what is it? Rules in order, first match wins; no match keeps the verdict. The
 * numbers are those that audit, API and record print.
 *
 * <pre>
 * Joining -> Alive -> Suspect -> Held | Dead -> Restarting -> Joining      beside it: Backoff,
 * any of them --a beat that proves life--> Alive                           Quarantined, Planned
 * </pre>
 */
public final class StateTable {
  /** How long a stop on purpose may take when the instance itself announced it. */
  public static final long PLANNED_MS = 120_000;

  /** A question takes at most its own timeouts and one turn of the loop; then it is lost. */
  private static final int ASKED_IN_VAIN = 3;

  /** A process that starves for processor time is deaf for a second or two; this takes longer. */
  private static final int DEAF_ANSWERS = 3;

  /** A path unproved for so long tells nothing; whoever is silent on it is not known to live. */
  private static final long UNPROVED_MS = 5_000;

  private StateTable() {}

  /** One rule: a ruling, or null when it does not apply. */
  public interface Rule {
    @Nullable Ruling judge(Case c);
  }

  static final List<Rule> RULES =
      List.of(
          StateTable::r2Planned, //        a beat that says goodbye is no sign of staying
          StateTable::r1Heard, //          life beats every other sign
          StateTable::r9LastLook, //       what was held for dead answers after all
          StateTable::settled, //          under way already: only R1 could change it
          StateTable::r0Grace, //          who was not listening must not judge
          StateTable::r3Exited, //         proofs come before inferences, the surest first
          StateTable::r3Refused,
          StateTable::r6Hung,
          StateTable::r6Idle, //           alive, and of no use: only where the operator says so
          StateTable::r3HostGone,
          StateTable::r5Lives, //          it answers: whatever its silence says, it is alive
          StateTable::r4HostSilent, //     a deaf host proves nothing about the instance
          StateTable::r4NothingBack,
          StateTable::r4Doubted, //        a common cause is asked for before a death is inferred
          StateTable::r4Silent,
          StateTable::r7Unheard, //        silence that cannot count
          StateTable::s2Overdue,
          StateTable::s1Suspect); //       the first countable miss: ask

  /** The ruling for a case, null to keep its verdict. */
  public static @Nullable Ruling judge(Case c) {
    for (var rule : RULES) {
      var ruling = rule.judge(c);
      if (ruling != null) {
        return ruling.equals(KEEP) ? null : ruling;
      }
    }
    return null;
  }

  private static final Ruling KEEP =
      new Ruling("R0", new Verdict.Joining(0), Sentence.of(VerdictWords.GRACE));

  static @Nullable Ruling r2Planned(Case c) {
    boolean announced = c.heard().planned() && c.heard().beats() > 0;
    if (announced && !(c.verdict() instanceof Verdict.Planned)) {
      var until = new Verdict.Planned(c.nowMs(), c.nowMs() + PLANNED_MS);
      return new Ruling("R2", until, Sentence.of(VerdictWords.PLANNED, PLANNED_MS));
    }
    boolean within =
        c.verdict() instanceof Verdict.Planned planned
            && c.nowMs() < planned.untilMs()
            && (c.heard().planned() || c.heard().beats() == 0)
            && !c.heard().reborn();
    return within ? KEEP : null;
  }

  static @Nullable Ruling r1Heard(Case c) {
    int beats = c.heard().beats();
    // a held one must show that it stays: its path or its host was in doubt
    int needed = c.verdict() instanceof Verdict.Held && !c.heard().reborn() ? 2 : 1;
    boolean stillIdle = c.isOver() && c.idle() && !c.heard().reborn();
    if (beats < needed || c.verdict() instanceof Verdict.Alive || stillIdle) {
      return null;
    }
    var alive = new Verdict.Alive(c.nowMs());
    if (c.heard().reborn()) {
      return new Ruling("R1", alive, Sentence.of(VerdictWords.REBORN, c.heard().life()));
    }
    return c.verdict() instanceof Verdict.Joining
        ? new Ruling("R1", alive, Sentence.of(VerdictWords.HEARD_FIRST))
        : new Ruling("R1", alive, silentFor(VerdictWords.HEARD_AGAIN, c));
  }

  private static Sentence silentFor(VerdictWords words, Case c) {
    return Sentence.of(words, c.nowMs() - c.verdict().sinceMs());
  }

  static @Nullable Ruling r9LastLook(Case c) {
    boolean doubtful =
        c.verdict() instanceof Verdict.Dead dead
            && dead.proof() != DeathProof.EXIT_EVENT
            && dead.proof() != DeathProof.SILENCE
            && dead.proof() != DeathProof.IDLE
            && c.asked().latestAskedMs() > dead.sinceMs()
            && (c.asked().progressMs() > dead.sinceMs()
                || (dead.proof() != DeathProof.HOST_GONE && c.asked().deafHostDown() >= 3));
    return doubtful
        ? new Ruling(
            "R9", new Verdict.Suspect(c.nowMs()), Sentence.of(VerdictWords.LAST_LOOK_ALIVE))
        : null;
  }

  static @Nullable Ruling settled(Case c) {
    return c.settled() ? KEEP : null;
  }

  static @Nullable Ruling r0Grace(Case c) {
    if (!c.grace()) {
      return null;
    }
    boolean silent = c.misses().total() >= c.around().missesMax();
    return silent && c.verdict() instanceof Verdict.Suspect
        ? held("R0", c, HoldReason.OBSERVER_GRACE, Sentence.of(VerdictWords.GRACE))
        : KEEP;
  }

  static @Nullable Ruling r3Exited(Case c) {
    var code = c.proofs().exitCode();
    return code == null
        ? null
        : dead("R3", c, DeathProof.EXIT_EVENT, VerdictWords.EXITED, code, c.misses().total());
  }

  /**
   * A refused port proves nothing while beats come: one lost beat must not meet a closed port. But
   * a port that this life had open, and that refuses when a beat is missed, or twice when one is
   * late, is a process gone.
   */
  static @Nullable Ruling r3Refused(Case c) {
    int late = c.misses().total() + c.misses().pending();
    boolean twice = late >= 1 && c.asked().refused() >= 2;
    boolean counted = c.misses().countable() >= 1 && c.asked().refused() >= 1;
    boolean wasOpen = c.diedUnheard() || (c.asked().met(c.heard().life()) && (twice || counted));
    boolean silent =
        (c.misses().countable() >= 1 && c.misses().total() >= 2)
            || (c.heard().ever() && c.misses().total() >= c.around().missesMax());
    if (silent && c.asked().refused() >= 1) {
      return dead("R3", c, DeathProof.PORT_REFUSED, VerdictWords.REFUSED, c.misses().total());
    }
    return wasOpen ? dead("R3", c, DeathProof.PORT_REFUSED, VerdictWords.REFUSED_LATE) : null;
  }

  /**
   * By its own word it sends nothing, so no path need be proved. It takes two answers to believe
   * it, and the gate's last look is a third.
   */
  static @Nullable Ruling r6Hung(Case c) {
    int late = c.misses().total() + c.misses().pending();
    return late >= 1 && c.asked().hung() >= 2
        ? dead("R6", c, DeathProof.HUNG, VerdictWords.HUNG, late, c.asked().beatAgeMs())
        : null;
  }

  static @Nullable Ruling r6Idle(Case c) {
    return c.idle() && c.misses().total() == 0
        ? dead(
            "R6",
            c,
            DeathProof.IDLE,
            VerdictWords.IDLE,
            c.heard().workStoodMs(),
            c.around().workMayStandMs())
        : null;
  }

  static @Nullable Ruling r3HostGone(Case c) {
    return c.proofs().hostGone() && c.misses().total() >= c.around().missesMax()
        ? dead(
            "R3",
            c,
            DeathProof.HOST_GONE,
            VerdictWords.HOST_GONE,
            c.misses().total(),
            c.around().host())
        : null;
  }

  static @Nullable Ruling r5Lives(Case c) {
    long since = c.nowMs() - Math.max(5_000, c.heard().silentMs());
    boolean lives = c.asked().progressMs() >= since && !c.asked().metNewer(c.heard().life());
    boolean beats = c.asked().latest() instanceof ProbeOutcome.Answered && c.asked().hung() == 0;
    return lives && beats && c.misses().countable() >= c.around().missesMax()
        ? held("R5", c, HoldReason.HOST_PATH, missed(VerdictWords.LIVES_UNHEARD, c))
        : null;
  }

  static @Nullable Ruling r4HostSilent(Case c) {
    return enough(c) && c.canAsk() && c.asked().deafHostDown() >= 2
        ? held(
            "R4",
            c,
            HoldReason.HOST_PATH,
            missed(VerdictWords.HOST_SILENT, c, c.asked().deafHostDown()))
        : null;
  }

  static @Nullable Ruling r4NothingBack(Case c) {
    return enough(c) && c.canAsk() && c.asked().sent() >= ASKED_IN_VAIN && c.asked().cameBack() == 0
        ? held("R4", c, HoldReason.PROBE_PATH, missed(VerdictWords.PROBE_PATH, c, c.asked().sent()))
        : null;
  }

  static @Nullable Ruling r4Doubted(Case c) {
    var doubt = c.around().doubt();
    if (!enough(c) || doubt == null || !deaf(c)) {
      return null;
    }
    var why =
        c.around().host().isEmpty()
            ? missed(VerdictWords.HOST_UNKNOWN, c)
            : missed(VerdictWords.HOST_DOUBTED, c, c.around().host());
    return held("R4", c, doubt, why);
  }

  static @Nullable Ruling r4Silent(Case c) {
    if (!enough(c) || !deaf(c)) {
      return null;
    }
    int on = c.misses().partitions();
    var words = c.canAsk() ? VerdictWords.SILENT : VerdictWords.SILENT_UNASKED;
    return dead("R4", c, DeathProof.SILENCE, words, c.misses().total(), on, c.asked().deafHostUp());
  }

  private static boolean enough(Case c) {
    int partitions = c.around().rotates() && c.around().paths() > 1 ? 2 : 1;
    return c.misses().countable() >= c.missesNeeded() && c.misses().partitions() >= partitions;
  }

  private static boolean deaf(Case c) {
    return !c.canAsk() || c.asked().deafHostUp() >= DEAF_ANSWERS;
  }

  static @Nullable Ruling r7Unheard(Case c) {
    int unproved = c.heard().unheardMs() >= UNPROVED_MS ? c.misses().pending() : 0;
    boolean unheard =
        c.misses().uncounted() + unproved > 0
            && c.misses().total() + unproved >= c.unheardTooLong()
            && c.misses().countable() < c.around().missesMax();
    if (!unheard || c.verdict() instanceof Verdict.Held) {
      return null;
    }
    return c.around().healthyPaths() == 0
        ? held("R7", c, HoldReason.CHANNEL_ALL, missed(VerdictWords.ALL_DARK, c))
        : held("R7", c, HoldReason.CHANNEL_PARTITION, missed(VerdictWords.ON_SICK_PATHS, c));
  }

  static @Nullable Ruling s2Overdue(Case c) {
    return c.verdict() instanceof Verdict.Joining && c.misses().countable() >= 1
        ? new Ruling(
            "S2",
            new Verdict.Suspect(c.nowMs()),
            Sentence.of(VerdictWords.OVERDUE, c.nowMs() - c.verdict().sinceMs()))
        : null;
  }

  static @Nullable Ruling s1Suspect(Case c) {
    boolean trusted =
        c.verdict() instanceof Verdict.Alive || c.verdict() instanceof Verdict.Planned;
    return trusted && c.misses().countable() >= 1
        ? new Ruling(
            "S1",
            new Verdict.Suspect(c.nowMs()),
            Sentence.of(VerdictWords.MISSED, c.misses().countable()))
        : null;
  }

  private static Sentence missed(VerdictWords words, Case c, Object... more) {
    var args = new Object[more.length + 1];
    args[0] = c.misses().total();
    System.arraycopy(more, 0, args, 1, more.length);
    return Sentence.of(words, args);
  }

  private static Ruling held(String rule, Case c, HoldReason reason, Sentence why) {
    return new Ruling(rule, new Verdict.Held(c.nowMs(), reason), why);
  }

  private static Ruling dead(
      String rule, Case c, DeathProof proof, VerdictWords words, Object... args) {
    return new Ruling(rule, new Verdict.Dead(c.nowMs(), proof), Sentence.of(words, args));
  }
}
