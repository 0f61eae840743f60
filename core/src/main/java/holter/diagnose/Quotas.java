package holter.diagnose;

import holter.diagnose.ClusterFact.Configured;
import holter.diagnose.ClusterFact.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Rules about quotas, which hold answers back without an error and without a line in a log. */
final class Quotas {
  /** Held back for less, nobody notices. */
  static final double FELT_MS = 50;

  private static final Set<Scope> QUOTAS =
      EnumSet.of(Scope.CLIENT_QUOTA, Scope.USER_QUOTA, Scope.IP_QUOTA);

  private Quotas() {}

  /** Clients, or brokers, whose answers are held back. */
  static List<Subject> throttled(CaseFile file) {
    return file.of(Fact.Measured.class).stream()
        .filter(s -> s.fact().metric() == Metric.THROTTLE_MS && s.fact().value() > 0)
        .map(s -> s.fact().of())
        .distinct()
        .map(of -> subject(file, of))
        .toList();
  }

  private static Subject subject(CaseFile file, String of) {
    boolean broker = of.matches("\\d{1,9}") && !file.hostOf(Integer.parseInt(of)).isEmpty();
    return broker
        ? Subject.broker(Integer.parseInt(of), file.hostOf(Integer.parseInt(of)))
        : Subject.of(What.CLIENT, of);
  }

  /** Somebody is held back, which looks like slowness; whose group it is, is not told. */
  static void anyoneHeldBack(Argument argument, CaseFile file, Subject subject) {
    file.of(Fact.Measured.class).reversed().stream()
        .filter(s -> s.fact().metric() == Metric.THROTTLE_MS && s.fact().value() >= FELT_MS)
        .findFirst()
        .ifPresent(
            s ->
                argument.against(
                    4,
                    s.observation(),
                    CauseWords.MEASURED,
                    s.fact().of(),
                    s.fact().metric(),
                    Math.round(s.fact().value())));
  }

  /** A quota is set: for this client by name, or for others, which may hold for its user. */
  static void configured(Argument argument, CaseFile file, Subject subject) {
    var quotas =
        file.of(Configured.class).reversed().stream()
            .filter(s -> QUOTAS.contains(s.fact().scope()))
            .toList();
    quotas.stream()
        .filter(s -> s.fact().of().equals(Senders.client(subject)))
        .findFirst()
        .or(() -> quotas.stream().findFirst())
        .ifPresent(
            s ->
                argument.fits(
                    1.5,
                    s.observation(),
                    CauseWords.CONFIGURED,
                    s.fact().of(),
                    s.fact().key(),
                    s.fact().value()));
  }
}
