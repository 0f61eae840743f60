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
 */
final class Standing {
  private Standing() {}

  /**
   * The diagnosis to hold from now on.
   *
   * @param before the one held so far
   * @param latest what the evidence of this moment says
   * @param pathSick whether a path is sick now: only then does a rival of the same rank replace the
   *     channel's cause. Once it heals, the cause found stays, unless evidence about a broker that
   *     came in late is stronger
   */
  static Diagnosis after(Diagnosis before, Diagnosis latest, boolean pathSick) {
    if (before.found().isEmpty()) {
      return latest;
    }
    var channel = channel(of(before, false), of(latest, false), pathSick);
    var workers = of(latest, true).isEmpty() ? of(before, true) : of(latest, true);
    var found = new ArrayList<>(channel);
    found.addAll(workers);
    var rest = channel.equals(of(before, false)) ? before : latest;
    var ruledOut =
        rest.ruledOut().stream()
            .filter(out -> found.stream().noneMatch(f -> f.code() == out.code()))
            .toList();
    return new Diagnosis(found, ruledOut, rest.notAsked(), rest.wouldSettle());
  }

  private static List<Found> channel(List<Found> before, List<Found> latest, boolean pathSick) {
    if (before.isEmpty() || latest.isEmpty()) {
      return before.isEmpty() ? latest : before;
    }
    int was = rank(before.getFirst());
    int is = rank(latest.getFirst());
    boolean replaced =
        pathSick ? is >= was : is > was && latest.getFirst().subject().brokerId() >= 0;
    return replaced ? latest : before;
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
