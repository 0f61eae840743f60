package holter.engine;

import holter.diagnose.CauseCode;
import holter.diagnose.Diagnosis;
import holter.diagnose.Diagnosis.Found;
import java.util.ArrayList;
import java.util.List;

/**
 * What an incident holds to be its causes as evidence comes and fades. What the channel suffers
 * from and what a worker died of are kept apart: a proved death never displaces the cause that the
 * channel is sick of, however likely that one is.
 *
 * <p>Of one cause the strongest diagnosis stands, with the evidence it was made on. That evidence
 * fades, and after the relief the same questions get the answers of a healthy cluster: neither
 * unsays anything.
 */
final class Standing {
  private Standing() {}

  /**
   * The diagnosis to hold from now on.
   *
   * @param before the one held so far
   * @param latest what the evidence of this moment says
   * @param suffering whether a path is sick and not healing: only then does a rival of the same
   *     rank replace the channel's cause. Afterwards the cause found stays, unless evidence about a
   *     broker that came in late is stronger; what speaks against it stays as it was
   */
  static Diagnosis after(Diagnosis before, Diagnosis latest, boolean suffering) {
    if (before.found().isEmpty()) {
      return latest;
    }
    var was = of(before, false);
    var channel = channel(was, of(latest, false), suffering);
    var workers = of(latest, true).isEmpty() ? of(before, true) : of(latest, true);
    var found = new ArrayList<>(channel);
    found.addAll(workers);
    boolean held = channel.equals(was) || (!suffering && sameCause(channel, was));
    var rest = held ? before : latest;
    var ruledOut =
        rest.ruledOut().stream()
            .filter(out -> found.stream().noneMatch(f -> f.code() == out.code()))
            .toList();
    return new Diagnosis(found, ruledOut, rest.notAsked(), rest.wouldSettle());
  }

  private static List<Found> channel(List<Found> before, List<Found> latest, boolean suffering) {
    if (before.isEmpty() || latest.isEmpty()) {
      return before.isEmpty() ? latest : before;
    }
    var was = before.getFirst();
    var is = latest.getFirst();
    boolean same = sameCause(before, latest);
    if (suffering) {
      boolean replaced = same ? !weaker(is, was) : rank(is) >= rank(was);
      return replaced ? latest : before;
    }
    boolean stronger = rank(is) > rank(was) && is.subject().brokerId() >= 0;
    return stronger && same ? List.of(confirmed(was, is)) : stronger ? latest : before;
  }

  private static boolean sameCause(List<Found> some, List<Found> others) {
    return !some.isEmpty()
        && !others.isEmpty()
        && some.getFirst().code() == others.getFirst().code()
        && some.getFirst().subject().brokerId() == others.getFirst().subject().brokerId();
  }

  private static boolean weaker(Found is, Found was) {
    return rank(is) < rank(was)
        || (rank(is) == rank(was)
            && (is.probability() < was.probability()
                || is.speaksAgainst().size() > was.speaksAgainst().size()));
  }

  /** Evidence that came in after the relief may strengthen a cause, not speak against it. */
  private static Found confirmed(Found was, Found is) {
    return new Found(
        is.code(),
        is.confidence(),
        is.probability(),
        is.over(),
        is.subject(),
        is.speaksFor(),
        was.speaksAgainst(),
        is.remedies());
  }

  private static List<Found> of(Diagnosis diagnosis, boolean worker) {
    return diagnosis.found().stream()
        .filter(found -> (found.code() == CauseCode.F60) == worker)
        .toList();
  }

  private static int rank(Found found) {
    return switch (found.confidence()) {
      case CONFIRMED -> 2;
      case LIKELY -> 1;
      case INCONCLUSIVE -> 0;
    };
  }
}
