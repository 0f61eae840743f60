package holter.lab.score;

import holter.diagnose.CauseCode;
import holter.lab.cases.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The marks of one answer: class 3, subject 3, evidence 2, remedy 1, calibration 1, together 10.
 * Anything that must not be said makes all of it 0.
 *
 * @param causes of 3: the share of expected causes that were claimed
 * @param subject of 3: the share of what an expected cause points at that was named
 * @param evidence of 2: the share of what must be cited that was
 * @param remedy of 1: the share of expected remedies that were told
 * @param calibration of 1: 1 less the Brier score over every cause named or expected; 0 when a
 *     false cause is claimed, or a true one with more confidence than the evidence bears
 * @param zeroedBy what must not be said and was; empty when nothing was
 * @param claimed causes that were claimed, strongest first
 * @param lacks what was expected and is missing, one line each
 */
public record Marks(
    double causes,
    double subject,
    double evidence,
    double remedy,
    double calibration,
    List<String> zeroedBy,
    List<CauseCode> claimed,
    List<String> lacks) {
  /** What a whole answer can have. */
  public static final double MOST = 10;

  private static final double OF_CAUSES = 3;
  private static final double OF_SUBJECT = 3;
  private static final double OF_EVIDENCE = 2;

  public Marks {
    zeroedBy = List.copyOf(zeroedBy);
    claimed = List.copyOf(claimed);
    lacks = List.copyOf(lacks);
  }

  /** The sum, or 0 when something was said that must not be. */
  public double total() {
    return zeroedBy.isEmpty() ? causes + subject + evidence + remedy + calibration : 0;
  }

  /** The marks of no answer at all. */
  public static Marks none(String why) {
    return new Marks(0, 0, 0, 0, 0, List.of(), List.of(), List.of(why));
  }

  /** Marks an answer. */
  static Marks of(Expected expected, Said said) {
    var lacks = new ArrayList<String>();
    var claimed = said.causes().stream().filter(Said.Cause::claimed).map(Said.Cause::code).toList();
    var zeroed = Forbidden.said(expected.mustNot(), said);
    if (expected.healthy()) {
      return healthy(expected, said, claimed, zeroed);
    }
    double named = 0;
    double pointed = 0;
    var right = new ArrayList<Said.Cause>();
    for (var cause : expected.causes()) {
      var best = Pointing.best(cause, said);
      if (best.isEmpty()) {
        lacks.add(cause.code() + " not claimed");
        continue;
      }
      right.add(best.get());
      named++;
      var off = Pointing.off(cause, best.get());
      lacks.addAll(off);
      pointed += Pointing.share(cause, best.get());
    }
    int causes = expected.causes().size();
    double cited = cited(expected, right, lacks);
    double told = told(expected, said, lacks);
    return new Marks(
        OF_CAUSES * named / causes,
        OF_SUBJECT * pointed / causes,
        OF_EVIDENCE * cited,
        told,
        Calibration.of(expected, said),
        zeroed,
        claimed,
        lacks);
  }

  /** Where nothing is wrong, saying so is the cause, the subject and the remedy. */
  private static Marks healthy(
      Expected expected, Said said, List<CauseCode> claimed, List<String> zeroed) {
    var wrong = claimed.stream().filter(code -> !expected.also().contains(code)).toList();
    if (wrong.isEmpty()) {
      double calibration = Calibration.of(expected, said);
      return new Marks(
          OF_CAUSES, OF_SUBJECT, OF_EVIDENCE, 1, calibration, zeroed, claimed, List.of());
    }
    return new Marks(0, 0, 0, 0, 0, zeroed, claimed, List.of("healthy, and yet claimed: " + wrong));
  }

  private static double cited(Expected expected, List<Said.Cause> right, List<String> lacks) {
    if (right.isEmpty()) {
      return 0;
    }
    int met = 0;
    for (var cite : expected.cite()) {
      boolean found = right.stream().flatMap(c -> c.cited().stream()).anyMatch(c -> fits(cite, c));
      if (found) {
        met++;
      } else {
        lacks.add("not cited: " + words(cite));
      }
    }
    return expected.cite().isEmpty() ? 1 : (double) met / expected.cite().size();
  }

  private static boolean fits(Expected.Cite cite, Said.Cited cited) {
    var fact = cited.observation().path("fact");
    boolean text =
        cite.text() == null
            || Pattern.compile(cite.text(), Pattern.CASE_INSENSITIVE)
                .matcher(cited.claim() + " " + cited.observation())
                .find();
    return text
        && (cite.source() == null
            || cited.observation().path("source").asText().equals(cite.source().name()))
        && (cite.fact() == null || fact.path("type").asText().equals(cite.fact()))
        && (cite.sign() == null || fact.path("sign").asText().equals(cite.sign().name()))
        && (cite.metric() == null || fact.path("metric").asText().equals(cite.metric().name()));
  }

  private static String words(Expected.Cite cite) {
    var parts = new ArrayList<String>();
    Optional.ofNullable(cite.source()).ifPresent(s -> parts.add(s.name()));
    Optional.ofNullable(cite.fact()).ifPresent(parts::add);
    Optional.ofNullable(cite.sign()).ifPresent(s -> parts.add(s.name()));
    Optional.ofNullable(cite.metric()).ifPresent(m -> parts.add(m.name()));
    Optional.ofNullable(cite.text()).ifPresent(t -> parts.add("'" + t + "'"));
    return String.join(" ", parts);
  }

  private static double told(Expected expected, Said said, List<String> lacks) {
    if (expected.causes().stream().noneMatch(c -> Pointing.best(c, said).isPresent())) {
      return 0;
    }
    int met = 0;
    for (var remedy : expected.remedy()) {
      var pattern = Pattern.compile(remedy, Pattern.CASE_INSENSITIVE);
      boolean found =
          said.causes().stream()
              .filter(Said.Cause::claimed)
              .flatMap(c -> c.remedies().stream())
              .anyMatch(r -> pattern.matcher(r).find());
      if (found) {
        met++;
      } else {
        lacks.add("no remedy like '" + remedy + "'");
      }
    }
    return expected.remedy().isEmpty() ? 1 : (double) met / expected.remedy().size();
  }
}
