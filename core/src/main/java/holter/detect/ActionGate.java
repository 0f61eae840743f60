package holter.detect;

import holter.words.Sentence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The second table: may we act? Every rule that refuses says what the instance is held for instead.
 * Proved deaths are cheap, inferred ones are rationed. Holds the budgets; one per engine.
 */
public final class ActionGate {
  /** Proved deaths: ten per second, twenty at once: brokers and devices must bear the return. */
  static final int PROVED_BURST = 20;

  static final long PROVED_MS = 100;

  /** Inferred ones: one per ten seconds, two at once. */
  static final int INFERRED_BURST = 2;

  static final long INFERRED_MS = 10_000;

  /** And no more than one in twenty of the fleet in five minutes, but at least the burst. */
  static final double INFERRED_SHARE = 0.05;

  static final long INFERRED_WINDOW_MS = 300_000;
  static final long PER_HOST_MS = 60_000;
  static final long ANTI_FLAP_MS = 15 * 60_000;

  private static final int HOSTS_MAX = 10_000;

  private final boolean advises;
  private final Breaker breaker = new Breaker();
  private final TokenBucket proved = new TokenBucket(PROVED_BURST, PROVED_MS);
  private final TokenBucket inferred = new TokenBucket(INFERRED_BURST, INFERRED_MS);
  private final Map<String, Long> inferredByHostMs = new HashMap<>();
  private final Map<String, Long> inferredByInstanceMs = new HashMap<>();
  private int fleet = 1;
  private boolean leading;

  /**
   * A death that asks for a restart.
   *
   * @param askable whether it can be asked once more
   * @param sinceMs since when it is held for dead; {@code nowMs} at first
   * @param lookedMs when the question was sent whose outcome last agreed with the death; −1 none
   * @param provedThroughMs until when every path is proved
   */
  public record Candidate(
      String instance,
      String host,
      DeathProof proof,
      Restarts restarts,
      boolean askable,
      long sinceMs,
      long lookedMs,
      long provedThroughMs,
      long nowMs) {
    boolean inference() {
      return !proof.proved();
    }
  }

  /** What the gate says. */
  public sealed interface Decision {
    /** Act now; the budget is taken, unless the act is an advice. */
    record Act() implements Decision {}

    /** Nothing forbids it, but the last look has not come back. */
    record Look() implements Decision {}

    /** A proved death that must wait its turn. */
    record Wait(String rule, Sentence why) implements Decision {}

    /** Not now: held for this instead. */
    record Refuse(Ruling instead) implements Decision {}
  }

  /** One rule: what to do instead of acting, or null when it does not object. */
  private interface Rule {
    @Nullable Decision object(ActionGate gate, Candidate c);
  }

  private static final List<Rule> RULES =
      List.of(
          ActionGate::g1Leader, //      fencing: who does not lead does nothing
          ActionGate::g2CrashLoop, //   a restart that never helps is no remedy
          ActionGate::g3Backoff,
          ActionGate::g4Breaker, //     a common cause is not many deaths
          ActionGate::g5AntiFlap,
          ActionGate::g6PerHost,
          ActionGate::g7Budget, //      last of the refusals: a token is not kept for a refused one
          ActionGate::g8LastLook); //   last of all: as fresh as can be

  /**
   * @param advises nothing is done by us: an advice takes no budget and counts as no restart
   */
  public ActionGate(boolean advises) {
    this.advises = advises;
  }

  /** The size of the fleet and whether we lead, as of now. */
  public void now(int fleetSize, boolean leads) {
    fleet = Math.max(1, fleetSize);
    leading = leads;
  }

  public Breaker breaker() {
    return breaker;
  }

  /** May this death be acted on now? */
  public Decision decide(Candidate c) {
    if (c.inference()) {
      breaker.candidate(c.instance(), fleet, c.nowMs());
    }
    for (var rule : RULES) {
      var objection = rule.object(this, c);
      if (objection != null) {
        return objection;
      }
    }
    if (!advises) {
      spend(c);
    }
    return new Decision.Act();
  }

  private void spend(Candidate c) {
    if (c.inference()) {
      inferred.take(c.nowMs());
      inferredByInstanceMs.put(c.instance(), c.nowMs());
      inferredByInstanceMs.values().removeIf(at -> c.nowMs() - at > INFERRED_WINDOW_MS);
      if (!c.host().isEmpty() && inferredByHostMs.size() < HOSTS_MAX) {
        inferredByHostMs.put(c.host(), c.nowMs());
      }
      inferredByHostMs.values().removeIf(at -> c.nowMs() - at > PER_HOST_MS);
    } else {
      proved.take(c.nowMs());
    }
    c.restarts().ordered(c.inference(), c.nowMs());
  }

  private static Decision hold(String rule, Candidate c, HoldReason reason, Sentence why) {
    return new Decision.Refuse(new Ruling(rule, new Verdict.Held(c.nowMs(), reason), why));
  }

  private @Nullable Decision g1Leader(Candidate c) {
    return leading
        ? null
        : hold("G1", c, HoldReason.NOT_LEADER, Sentence.of(VerdictWords.NOT_LEADING));
  }

  private @Nullable Decision g2CrashLoop(Candidate c) {
    return c.restarts().crashLoop(c.nowMs())
        ? new Decision.Refuse(
            new Ruling(
                "G2",
                new Verdict.Quarantined(c.nowMs()),
                Sentence.of(VerdictWords.CRASH_LOOP, c.restarts().inARow())))
        : null;
  }

  private @Nullable Decision g3Backoff(Candidate c) {
    long notBefore = c.restarts().notBeforeMs(c.nowMs());
    return c.nowMs() < notBefore
        ? new Decision.Refuse(
            new Ruling(
                "G3",
                new Verdict.Backoff(c.nowMs(), notBefore),
                Sentence.of(VerdictWords.BACKOFF, c.restarts().inARow(), notBefore - c.nowMs())))
        : null;
  }

  private @Nullable Decision g4Breaker(Candidate c) {
    return c.inference() && breaker.open(c.nowMs())
        ? hold("G4", c, HoldReason.BREAKER, breaker.why(c.nowMs()))
        : null;
  }

  private @Nullable Decision g5AntiFlap(Candidate c) {
    long before = c.restarts().inferredMs();
    boolean flaps = c.inference() && before >= 0 && c.nowMs() - before < ANTI_FLAP_MS;
    return flaps
        ? hold(
            "G5",
            c,
            HoldReason.BUDGET,
            Sentence.of(VerdictWords.ANTI_FLAP, (c.nowMs() - before) / 1_000))
        : null;
  }

  private @Nullable Decision g6PerHost(Candidate c) {
    Long before = inferredByHostMs.get(c.host());
    return c.inference() && before != null && c.nowMs() - before < PER_HOST_MS
        ? hold(
            "G6",
            c,
            HoldReason.BUDGET,
            Sentence.of(VerdictWords.HOST_BUDGET, c.host(), (c.nowMs() - before) / 1_000))
        : null;
  }

  private @Nullable Decision g7Budget(Candidate c) {
    if (!c.inference()) {
      return proved.available(c.nowMs())
          ? null
          : new Decision.Wait("G7", Sentence.of(VerdictWords.SPENT, PROVED_BURST));
    }
    long lately =
        inferredByInstanceMs.values().stream()
            .filter(at -> c.nowMs() - at <= INFERRED_WINDOW_MS)
            .count();
    long allowed = Math.max(INFERRED_BURST, (long) (INFERRED_SHARE * fleet));
    boolean free = inferred.available(c.nowMs()) && lately < allowed;
    return free ? null : hold("G7", c, HoldReason.BUDGET, Sentence.of(VerdictWords.SPENT, lately));
  }

  /** An exit needs no look: the runner looks itself. What cannot be asked is read once more. */
  private @Nullable Decision g8LastLook(Candidate c) {
    boolean looked =
        switch (c.proof()) {
          case EXIT_EVENT, IDLE -> true; // the beats themselves go on telling it
          case PORT_REFUSED, HUNG, HOST_GONE -> c.lookedMs() > c.sinceMs();
          case SILENCE ->
              c.askable() ? c.lookedMs() > c.sinceMs() : c.provedThroughMs() > c.sinceMs();
        };
    return looked ? null : new Decision.Look();
  }
}
