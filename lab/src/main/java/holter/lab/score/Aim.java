package holter.lab.score;

import holter.diagnose.Confidence;
import holter.lab.cases.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whom an answer blames, beside its marks: what matters to whoever acts on it.
 *
 * @param asked whether the case expects a broker or a host to be named, or forbids to blame one
 * @param right whether each of them was named by a claimed cause that is expected there, and no
 *     other was blamed
 * @param falselySure what is told as confirmed and is false: another cause, or another broker or
 *     host; one line each
 */
public record Aim(boolean asked, boolean right, List<String> falselySure) {
  public Aim {
    falselySure = List.copyOf(falselySure);
  }

  static Aim of(Expected expected, Said said) {
    var aimed = expected.causes().stream().filter(Aim::aims).toList();
    var well = expected.mustNot().brokers();
    boolean right =
        aimed.stream().allMatch(one -> said.causes().stream().anyMatch(hits(one)))
            && said.causes().stream()
                .filter(Said.Cause::claimed)
                .noneMatch(cause -> well.contains(cause.subject().path("brokerId").asInt(-1)));
    var sure = new ArrayList<String>();
    for (var cause : said.causes()) {
      if (cause.confidence() != Confidence.CONFIRMED || expected.also().contains(cause.code())) {
        continue;
      }
      var same = expected.causes().stream().filter(one -> one.code() == cause.code()).toList();
      if (same.isEmpty()) {
        sure.add(cause.code() + " confirmed");
      } else if (same.stream().allMatch(one -> contradicts(one, cause))) {
        sure.add(cause.code() + " confirmed of " + cause.subject());
      }
    }
    return new Aim(!aimed.isEmpty() || !well.isEmpty(), right, sure);
  }

  private static boolean aims(Expected.Named one) {
    return one.broker() != null || !one.host().isEmpty();
  }

  private static Predicate<Said.Cause> hits(Expected.Named one) {
    return cause -> cause.claimed() && cause.code() == one.code() && points(one, cause);
  }

  /** Names another one; naming none is no falsehood. */
  private static boolean contradicts(Expected.Named one, Said.Cause cause) {
    var subject = Pointing.facing(one, cause.subject());
    int broker = subject.path("brokerId").asInt(-1);
    var host = subject.path("host").asText();
    return (one.broker() != null && broker >= 0 && broker != one.broker())
        || (!one.host().isEmpty() && !host.isEmpty() && !host.equals(one.host()));
  }

  private static boolean points(Expected.Named one, Said.Cause cause) {
    var subject = Pointing.facing(one, cause.subject());
    return (one.broker() == null || subject.path("brokerId").asInt(-1) == one.broker())
        && (one.host().isEmpty() || subject.path("host").asText().equals(one.host()));
  }
}
