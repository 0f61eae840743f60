package holter.lab.run;

import holter.lab.run.RunResult.Check;
import holter.lab.scenario.Expect;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What became of the plan for Kubernetes that was consented to.
 *
 * @param closedAfterS from the onset until no incident was open any more; null for never
 */
record Cured(Optional<Consent.Applied> applied, @Nullable Double closedAfterS) {
  static Cured of(RunTrace trace, OptionalLong onsetMs) {
    var lines = trace.sightings().incidents();
    boolean open = Calm.openIncidents(trace.sightings()) > 0;
    Double closed =
        open || lines.isEmpty() || onsetMs.isEmpty()
            ? null
            : lines.stream()
                .filter(line -> !line.open())
                .max(Comparator.comparingLong(Sightings.IncidentSeen::atMs))
                .map(line -> Findings.hundredth(line.atMs() - onsetMs.getAsLong()))
                .orElse(null);
    return new Cured(trace.applied(), closed);
  }

  List<Check> checks(Expect expect) {
    var wanted = expect.cured();
    if (wanted == null) {
      return List.of();
    }
    String plan =
        applied
            .map(a -> a.plan() + " ended with " + a.exit() + ", pods on " + a.pods())
            .orElse("no plan was suggested");
    double after = applied.map(Consent.Applied::nicAfter).orElse(Double.NaN);
    String share =
        applied
            .map(a -> "%.2f, before it %.2f".formatted(a.nicAfter(), a.nicBefore()))
            .orElse("not measured");
    double withinS = wanted.within().toMillis() / 1e3;
    return List.of(
        new Check(
            "the plan for Kubernetes is carried out and proved",
            "exit 0",
            plan,
            applied.map(a -> a.exit() == 0).orElse(false)),
        new Check(
            "share of the network of " + wanted.host() + " after it",
            "at most " + wanted.nicAtMost(),
            share,
            after <= wanted.nicAtMost()),
        new Check(
            "every incident is closed",
            "within " + withinS + " s",
            closedAfterS == null ? "never" : closedAfterS + " s",
            closedAfterS != null && closedAfterS <= withinS));
  }
}
