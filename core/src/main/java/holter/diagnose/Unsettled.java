package holter.diagnose;

import holter.diagnose.Diagnosis.Found;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What a diagnosis leaves open: who was not asked, and what would settle it. */
final class Unsettled {
  private static final int NOT_ASKED_MAX = 50;

  private Unsettled() {}

  static List<Sentence> notAsked(CaseFile file) {
    var sentences = new LinkedHashSet<Sentence>();
    for (var seen : file.of(Fact.Unasked.class)) {
      if (sentences.size() < NOT_ASKED_MAX) {
        sentences.add(Sentence.of(RemedyWords.NOT_ASKED, seen.fact().subject(), seen.fact().why()));
      }
    }
    return List.copyOf(sentences);
  }

  /** What is missing while no cause is confirmed. */
  static List<Sentence> missing(CaseFile file, List<Found> found) {
    boolean settled =
        !found.isEmpty() && found.stream().allMatch(f -> f.confidence() == Confidence.CONFIRMED);
    var missing = new ArrayList<Sentence>();
    if (settled) {
      return missing;
    }
    if (file.paths().isEmpty()) {
      missing.add(Sentence.of(RemedyWords.SETTLE_PATHS));
    }
    if (file.suspect() >= 0) {
      ofSuspect(file, file.suspect(), missing);
    }
    boolean silent =
        file.latest(Fact.Silence.class).filter(s -> !s.fact().silent().isEmpty()).isPresent();
    if (silent && file.of(Fact.WorkerProbed.class).isEmpty()) {
      missing.add(Sentence.of(RemedyWords.SETTLE_ASK));
    }
    return missing;
  }

  private static void ofSuspect(CaseFile file, int broker, List<Sentence> missing) {
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
}
