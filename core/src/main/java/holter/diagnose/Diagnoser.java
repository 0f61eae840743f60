package holter.diagnose;

import holter.diagnose.Diagnosis.Found;
import holter.diagnose.Diagnosis.RuledOut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Judges the catalogue's causes against what was observed. Pure: same input, same diagnosis. */
public final class Diagnoser {
  /** The score of "something that is not in the catalogue": what a cause must beat. */
  private static final double UNKNOWN_CAUSE = 1.5;

  /** Ten to one: below it a rival is alive. */
  private static final double NO_RIVAL = 0.9;

  private static final double LIKELY = 0.5;

  /** What a rival lacks whose own sign was not seen, though all it shares with others was. */
  private static final double UNTOLD = 1;

  /** Nothing is more probable than this: the catalogue is not the world. */
  private static final double SURE = 0.99;

  private Diagnoser() {}

  /** The codes that can be diagnosed; the other entries of the catalogue are only explained. */
  public static Set<CauseCode> codes() {
    var codes = EnumSet.noneOf(CauseCode.class);
    Catalogue.ALL.forEach(cause -> codes.add(cause.code()));
    return codes;
  }

  /** One cause held against one subject. */
  private record Hypothesis(Cause cause, Subject subject, Argument argument) {
    boolean rivals(Hypothesis other) {
      return Rivalry.rivals(cause, subject, other.cause, other.subject);
    }
  }

  /**
   * The diagnosis that the observations allow at {@code nowMs}. Observations older than 60 s are
   * not used for what holds now.
   */
  public static Diagnosis diagnose(List<Observation> observations, long nowMs) {
    var file = new CaseFile(observations, nowMs);
    var hypotheses = new ArrayList<Hypothesis>();
    for (var cause : Catalogue.ALL) {
      for (var subject : cause.subjects(file)) {
        var argument = new Argument();
        cause.argue(argument, file, subject);
        hypotheses.add(new Hypothesis(cause, subject, argument));
      }
    }
    var found = found(hypotheses, file);
    return new Diagnosis(
        found,
        ruledOut(hypotheses, found),
        Unsettled.notAsked(file),
        Unsettled.missing(file, found));
  }

  private static List<Found> found(List<Hypothesis> hypotheses, CaseFile file) {
    var held = new ArrayList<Hypothesis>();
    var found = new ArrayList<Found>();
    for (var h : hypotheses) {
      double share = share(h, hypotheses);
      if (!h.argument().excluded() && h.argument().telling() && share >= LIKELY) {
        held.add(h);
        found.add(found(h, share, file));
      }
    }
    var kept = new ArrayList<Found>();
    for (int i = 0; i < held.size(); i++) {
      if (!explained(held.get(i), found.get(i), held, found)) {
        kept.add(found.get(i));
      }
    }
    kept.sort(Comparator.comparingInt(Diagnoser::rank).thenComparingDouble(f -> -f.probability()));
    return kept;
  }

  /** Against its rivals that anything speaks for, and the unknown cause. */
  private static double share(Hypothesis one, List<Hypothesis> all) {
    double total = Math.exp(UNKNOWN_CAUSE);
    for (var h : all) {
      if (h.equals(one)) {
        total += Math.exp(h.argument().score());
      } else if (h.rivals(one) && !h.argument().excluded() && !h.argument().speaksFor().isEmpty()) {
        total += Math.exp(h.argument().score() - (h.argument().telling() ? 0 : UNTOLD));
      }
    }
    return Math.exp(one.argument().score()) / total;
  }

  private static Found found(Hypothesis h, double share, CaseFile file) {
    var argument = h.argument();
    boolean sure = share >= NO_RIVAL && argument.sources() >= 2 && argument.decided();
    return new Found(
        h.cause().code(),
        sure ? Confidence.CONFIRMED : Confidence.LIKELY,
        Math.round(Math.min(share, SURE) * 100) / 100.0,
        argument.isOver(),
        h.subject(),
        argument.speaksFor(),
        argument.speaksAgainst(),
        h.cause().remedies(file, h.subject()));
  }

  /** A confirmed cause of the same subject brings it about: then it is no second diagnosis. */
  private static boolean explained(
      Hypothesis one, Found asFound, List<Hypothesis> held, List<Found> found) {
    for (int i = 0; i < held.size(); i++) {
      var other = held.get(i);
      boolean sameBroker = isOf(other.subject(), one.subject().brokerId());
      boolean surer =
          found.get(i).confidence() == Confidence.CONFIRMED
              || asFound.confidence() != Confidence.CONFIRMED;
      if (other.cause().explains().contains(one.cause().code()) && sameBroker && surer) {
        return true;
      }
    }
    return false;
  }

  /** A link is of both its ends. */
  private static boolean isOf(Subject subject, int broker) {
    boolean peer = subject.name(What.PEER).filter(String.valueOf(broker)::equals).isPresent();
    return broker >= 0 && (subject.brokerId() == broker || peer);
  }

  private static List<RuledOut> ruledOut(List<Hypothesis> hypotheses, List<Found> found) {
    var codes = EnumSet.noneOf(CauseCode.class);
    found.forEach(f -> codes.add(f.code()));
    var ruledOut = new ArrayList<RuledOut>();
    for (var h : hypotheses) {
      var argument = h.argument();
      var by =
          argument.excluded()
              ? argument.excludedBy()
              : argument.telling() ? List.<Diagnosis.Cited>of() : argument.speaksAgainst();
      if (!by.isEmpty() && codes.add(h.cause().code())) {
        ruledOut.add(new RuledOut(h.cause().code(), by));
      }
    }
    return ruledOut;
  }

  /** What every client is told by name, before the brokers that brought it about. */
  private static final Set<CauseCode> FELT = EnumSet.of(CauseCode.F28, CauseCode.F29);

  private static int rank(Found found) {
    int order = found.code() == CauseCode.F60 ? 2 : FELT.contains(found.code()) ? 0 : 1;
    return found.confidence() == Confidence.CONFIRMED ? order : 3 + order;
  }
}
