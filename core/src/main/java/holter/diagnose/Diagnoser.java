package holter.diagnose;

import holter.diagnose.Diagnosis.Found;
import holter.diagnose.Diagnosis.RuledOut;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Judges the catalogue's causes against what was observed. Pure: same input, same diagnosis. */
public final class Diagnoser {
  /** The score of "something that is not in the catalogue": what a cause must beat. */
  private static final double UNKNOWN_CAUSE = 1.5;

  /** Ten to one: below it a rival is alive. */
  private static final double NO_RIVAL = 0.9;

  private static final double LIKELY = 0.5;

  /** Nothing is more probable than this: the catalogue is not the world. */
  private static final double SURE = 0.99;

  private static final int NOT_ASKED_MAX = 50;

  private Diagnoser() {}

  /**
   * The diagnosis that the observations allow at {@code nowMs}. Observations older than 60 s are
   * not used for what holds now.
   */
  public static Diagnosis diagnose(List<Observation> observations, long nowMs) {
    var file = new CaseFile(observations, nowMs);
    Map<Cause, Argument> arguments = new LinkedHashMap<>();
    Catalogue.OF_CHANNEL.forEach(cause -> arguments.put(cause, cause.argue(file)));
    var found = new ArrayList<Found>();
    var ruledOut = new ArrayList<RuledOut>();
    double total = Math.exp(UNKNOWN_CAUSE);
    for (var argument : arguments.values()) {
      total += argument.excluded() ? 0 : Math.exp(argument.score());
    }
    for (var entry : arguments.entrySet()) {
      var argument = entry.getValue();
      double share = argument.excluded() ? 0 : Math.exp(argument.score()) / total;
      rule(entry.getKey(), argument, share, file, found, ruledOut);
    }
    var worker = Catalogue.OF_WORKERS.argue(file);
    double odds = Math.exp(worker.score() - UNKNOWN_CAUSE);
    rule(Catalogue.OF_WORKERS, worker, odds / (1 + odds), file, found, ruledOut);
    found.sort(Comparator.comparingInt(Diagnoser::rank).thenComparingDouble(f -> -f.probability()));
    return new Diagnosis(found, ruledOut, notAsked(file), wouldSettle(file, found));
  }

  private static int rank(Found found) {
    int channelFirst = found.code() == CauseCode.F60 ? 1 : 0;
    return found.confidence() == Confidence.CONFIRMED ? channelFirst : 2 + channelFirst;
  }

  private static void rule(
      Cause cause,
      Argument argument,
      double share,
      CaseFile file,
      List<Found> found,
      List<RuledOut> ruledOut) {
    if (argument.excluded()) {
      ruledOut.add(new RuledOut(cause.code(), argument.excludedBy()));
    } else if (argument.telling() && share >= LIKELY) {
      boolean sure = share >= NO_RIVAL && argument.sources() >= 2 && argument.decided();
      found.add(
          new Found(
              cause.code(),
              sure ? Confidence.CONFIRMED : Confidence.LIKELY,
              Math.round(Math.min(share, SURE) * 100) / 100.0,
              cause.subject(file),
              argument.speaksFor(),
              argument.speaksAgainst(),
              cause.remedies(file)));
    } else if (!argument.speaksAgainst().isEmpty() && !argument.telling()) {
      ruledOut.add(new RuledOut(cause.code(), argument.speaksAgainst()));
    }
  }

  private static List<Sentence> notAsked(CaseFile file) {
    var sentences = new LinkedHashSet<Sentence>();
    for (var seen : file.of(Fact.Unasked.class)) {
      if (sentences.size() < NOT_ASKED_MAX) {
        sentences.add(Sentence.of(RemedyWords.NOT_ASKED, seen.fact().subject(), seen.fact().why()));
      }
    }
    return List.copyOf(sentences);
  }

  /** What is missing while no cause is confirmed. */
  private static List<Sentence> wouldSettle(CaseFile file, List<Found> found) {
    boolean settled =
        !found.isEmpty() && found.stream().allMatch(f -> f.confidence() == Confidence.CONFIRMED);
    var missing = new ArrayList<Sentence>();
    if (settled) {
      return missing;
    }
    if (file.paths().isEmpty()) {
      missing.add(Sentence.of(RemedyWords.SETTLE_PATHS));
    }
    int broker = file.suspect();
    if (broker >= 0) {
      if (file.reach(broker).isEmpty()) {
        missing.add(Sentence.of(RemedyWords.SETTLE_REACH, broker));
      }
      String host = file.suspectHost();
      if (host.isEmpty()) {
        missing.add(Sentence.of(RemedyWords.SETTLE_HOST, broker));
      } else if (file.hosts().load(host).isEmpty()) {
        missing.add(Sentence.of(RemedyWords.SETTLE_LOAD, host));
      }
      if (file.of(Fact.LogShape.class).size() + file.of(Fact.Complaint.class).size() == 0) {
        missing.add(Sentence.of(RemedyWords.SETTLE_LOGS, broker));
      }
      boolean unregistered = file.notRegistered(broker).isPresent();
      if (!unregistered && file.registered(broker).isEmpty()) {
        missing.add(Sentence.of(RemedyWords.SETTLE_REGISTRATION, broker));
      }
    }
    boolean silent =
        file.latest(Fact.Silence.class).filter(s -> !s.fact().silent().isEmpty()).isPresent();
    if (silent && file.of(Fact.WorkerProbed.class).isEmpty()) {
      missing.add(Sentence.of(RemedyWords.SETTLE_ASK));
    }
    return missing;
  }
}
