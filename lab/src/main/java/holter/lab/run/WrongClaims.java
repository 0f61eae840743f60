package holter.lab.run;

import holter.lab.run.RunResult.DeathLine;
import holter.lab.run.RunResult.DiagnosisLine;
import holter.lab.scenario.Expect;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Causes that were called likely or confirmed and are not true. That a worker is dead is held
 * against the truth; a cause of the channel against what the scenario expects. Pure.
 *
 * @param diedAtS first death of each worker that really died, stopped or hung
 */
record WrongClaims(Expect expect, Map<String, Double> diedAtS) {
  private static final String WORKER_DEAD = "F60";

  static List<DiagnosisLine> among(
      List<DiagnosisLine> claims, Expect expect, List<DeathLine> deaths) {
    var died = new HashMap<String, Double>();
    deaths.forEach(death -> died.merge(death.instance(), death.atS(), Math::min));
    var wrong = new WrongClaims(expect, died);
    return claims.stream()
        .filter(WrongClaims::claimed)
        .filter(claim -> !wrong.isTrue(claim))
        .toList();
  }

  /** Whether a cause is claimed at all: what is inconclusive is only thought of. */
  static boolean claimed(DiagnosisLine claim) {
    return claim.confidence().equalsIgnoreCase("LIKELY")
        || claim.confidence().equalsIgnoreCase("CONFIRMED");
  }

  private boolean isTrue(DiagnosisLine claim) {
    if (claim.cause().equals(WORKER_DEAD)) {
      return dead(claim);
    }
    if (expect.also().contains(claim.cause())) {
      return true;
    }
    var cause = expect.diagnosis();
    var named = expect.named();
    if (cause != null) {
      return claim.cause().equals(cause.cause()) && points(claim, cause.broker(), cause.host());
    }
    if (named != null) {
      return points(claim, named.broker(), named.host());
    }
    return !expect.noDiagnosis(); // a scenario that says nothing of causes is no judge of them
  }

  /** Whether everybody that it calls dead was, by then. */
  private boolean dead(DiagnosisLine claim) {
    var instances = claim.subject().path("instances");
    return !instances.isEmpty()
        && StreamSupport.stream(instances.spliterator(), false)
            .map(instance -> diedAtS.getOrDefault(instance.asText(), Double.MAX_VALUE))
            .allMatch(at -> at <= claim.atS());
  }

  /** Whether it points at this broker and host; 0 and null stand for any. */
  private static boolean points(DiagnosisLine claim, int broker, @Nullable String host) {
    var subject = claim.subject();
    return (broker == 0 || subject.path("brokerId").asInt() == broker)
        && (host == null || subject.path("host").asText().equals(host));
  }

  /** A claim in one line: cause, confidence, subject, when. */
  static String said(DiagnosisLine claim) {
    return "%s %s: %s, at %s s"
        .formatted(
            claim.cause(),
            claim.confidence().toLowerCase(Locale.ROOT),
            Claims.whom(claim.subject()),
            claim.atS());
  }
}
