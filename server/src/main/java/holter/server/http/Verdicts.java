package holter.server.http;

import holter.channel.PathState;
import holter.detect.DeathProof;
import holter.detect.HoldReason;
import holter.detect.Verdict;
import holter.engine.View;
import holter.words.Sentence;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts as names and as exit codes for restart hooks. Only 11 allows a restart; whatever is not
 * known for certain is not 11.
 */
final class Verdicts {
  /** A picture older than this says nothing about now. */
  static final long STALE_MS = 5_000;

  static final int HEALTHY = 0;
  static final int CANNOT_TELL = 3;
  static final int CHANNEL = 10;
  static final int INSTANCE = 11;
  static final int BOTH = 12;
  static final int INCONCLUSIVE = 13;

  private Verdicts() {}

  static String name(Verdict verdict) {
    return verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  static @Nullable String holdReason(Verdict verdict) {
    return verdict instanceof Verdict.Held held ? held.reason().name() : null;
  }

  static @Nullable String proof(Verdict verdict) {
    return verdict instanceof Verdict.Dead dead ? dead.proof().name() : null;
  }

  static @Nullable Long untilMs(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Backoff backoff -> backoff.untilMs();
      case Verdict.Planned planned -> planned.untilMs();
      case Verdict.Joining ignored -> null;
      case Verdict.Alive ignored -> null;
      case Verdict.Suspect ignored -> null;
      case Verdict.Held ignored -> null;
      case Verdict.Dead ignored -> null;
      case Verdict.Restarting ignored -> null;
      case Verdict.Quarantined ignored -> null;
    };
  }

  static Shapes.Verdict of(View view, String id, long nowMs) {
    long ageMs = Math.max(0, nowMs - view.asOfMs());
    View.Instance found = find(view.instances(), id);
    if (found == null) {
      Sentence why = Sentence.of(ApiWord.UNKNOWN_INSTANCE);
      return answer(id, "unknown", CANNOT_TELL, why, "", null, view.asOfMs(), ageMs);
    }
    Verdict verdict = found.verdict();
    if (ageMs > STALE_MS) {
      Sentence why = Sentence.of(ApiWord.STALE_PICTURE, ageMs);
      return answer(
          id, name(verdict), CANNOT_TELL, why, "", verdict.sinceMs(), view.asOfMs(), ageMs);
    }
    return answer(
        id,
        name(verdict),
        exit(verdict, view),
        found.why(),
        found.rule(),
        verdict.sinceMs(),
        view.asOfMs(),
        ageMs);
  }

  /** By bisection: restart hooks ask often, of a fleet of ten thousand, and ids are in order. */
  private static View.@Nullable Instance find(List<View.Instance> sorted, String id) {
    int low = 0;
    int high = sorted.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      View.Instance instance = sorted.get(middle);
      int order = instance.from().id().value().compareTo(id);
      if (order == 0) {
        return instance;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  private static Shapes.Verdict answer(
      String id,
      String name,
      int exit,
      Sentence why,
      String rule,
      @Nullable Long sinceMs,
      long asOfMs,
      long ageMs) {
    String advice = exit == INSTANCE ? "restart" : "hold";
    return new Shapes.Verdict(id, name, exit, advice, why, rule, sinceMs, asOfMs, ageMs);
  }

  static int exit(Verdict verdict, View view) {
    return switch (verdict) {
      case Verdict.Alive ignored -> HEALTHY;
      case Verdict.Planned ignored -> HEALTHY;
      case Verdict.Held held -> exit(held.reason());
      case Verdict.Dead dead -> exit(dead.proof(), view);
      case Verdict.Joining ignored -> INCONCLUSIVE;
      case Verdict.Suspect ignored -> INCONCLUSIVE;
      case Verdict.Restarting ignored -> INCONCLUSIVE;
      case Verdict.Backoff ignored -> INCONCLUSIVE;
      case Verdict.Quarantined ignored -> INCONCLUSIVE;
    };
  }

  private static int exit(HoldReason reason) {
    return switch (reason) {
      case CHANNEL_PARTITION, CHANNEL_ALL, HOST_PATH -> CHANNEL;
      case PROBE_PATH, OBSERVER_GRACE, COHORT, BUDGET, BREAKER, NOT_LEADER -> INCONCLUSIVE;
    };
  }

  /** A death inferred from silence while a path is not healthy may have both causes. */
  private static int exit(DeathProof proof, View view) {
    boolean allHealthy =
        view.partitions().stream().allMatch(p -> p.path() instanceof PathState.Healthy);
    return proof.proved() || allHealthy ? INSTANCE : BOTH;
  }
}
