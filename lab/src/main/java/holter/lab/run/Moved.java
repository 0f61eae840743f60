package holter.lab.run;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When a broker led no heartbeat partition any more, and when it was first out of an ISR.
 *
 * @param leadsNothingAfterS from the onset; null for never
 * @param outOfSyncAfterS null for never
 * @param afterConsentS from the consent by HTTP until it led nothing; null for never, or without
 *     one
 */
record Moved(
    @Nullable Double leadsNothingAfterS,
    @Nullable Double outOfSyncAfterS,
    @Nullable Double afterConsentS) {
  private static final Moved NEVER = new Moved(null, null, null);

  /** Of the broker that is expected to lead nothing. */
  static Moved of(RunTrace trace, OptionalLong onsetMs) {
    var expected = trace.scenario().expect().leadersMoved();
    if (expected == null || onsetMs.isEmpty()) {
      return NEVER;
    }
    int broker = expected.broker();
    OptionalLong consented = trace.sightings().consentedMs();
    return new Moved(
        first(trace, onsetMs.getAsLong(), p -> p.leader() != broker),
        trace.leaders().stream()
            .filter(look -> look.atMs() >= onsetMs.getAsLong())
            .filter(look -> lost(trace, look, broker))
            .findFirst()
            .map(look -> after(onsetMs.getAsLong(), look.atMs()))
            .orElse(null),
        consented.isEmpty()
            ? null
            : first(trace, consented.getAsLong(), p -> p.leader() != broker));
  }

  private static @Nullable Double first(
      RunTrace trace, long fromMs, Predicate<LeadersWatch.Led> all) {
    return trace.leaders().stream()
        .filter(look -> look.atMs() >= fromMs)
        .filter(look -> look.led().stream().allMatch(all))
        .findFirst()
        .map(look -> after(fromMs, look.atMs()))
        .orElse(null);
  }

  /** In the first look of all it was in sync where it is a replica. */
  private static boolean lost(RunTrace trace, LeadersWatch.Look look, int broker) {
    Optional<LeadersWatch.Look> before = trace.leaders().stream().findFirst();
    return before.isPresent()
        && look.led().stream()
            .anyMatch(
                p ->
                    !p.isr().contains(broker)
                        && before.get().led().stream()
                            .anyMatch(
                                b -> b.partition() == p.partition() && b.isr().contains(broker)));
  }

  private static double after(long onsetMs, long atMs) {
    return Findings.hundredth(atMs - onsetMs);
  }
}
