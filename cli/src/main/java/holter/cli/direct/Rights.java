package holter.cli.direct;

import holter.channel.LaneOutcome;
import holter.channel.PathState;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.UnaskedWords;
import java.util.List;

/** What was refused for want of rights: it says nothing of a path. */
final class Rights {
  static final String HINT = "--command-config of a user who may read it";

  private Rights() {}

  /** Kafka's error when a sample was denied, else empty. */
  static String denialIn(LaneOutcome outcome) {
    String error =
        switch (outcome) {
          case LaneOutcome.FetchSilent(String e) -> e;
          case LaneOutcome.Unacked(String e) -> e;
          case LaneOutcome.Seen _,
              LaneOutcome.AckedUnseen _,
              LaneOutcome.Refused _,
              LaneOutcome.Fetched _,
              LaneOutcome.Voided _ ->
              "";
        };
    return isDenial(error) ? error : "";
  }

  /** Whether any path is unknown because nobody let us read it. */
  static boolean denied(List<Observation> seen) {
    return seen.stream()
        .map(Observation::fact)
        .anyMatch(fact -> fact instanceof Fact.PathSeen path && denied(path.state()));
  }

  static boolean denied(PathState state) {
    return state instanceof PathState.Unknown unknown
        && unknown.missing().phrase() == UnaskedWords.DENIED;
  }

  private static boolean isDenial(String error) {
    return error.contains("AUTHORIZATION") || error.contains("AUTHENTICATION");
  }
}
