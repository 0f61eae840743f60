package holter.agent;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Which claim has something due when; one living entry per claim. Not thread-safe. */
final class ClaimTimers {
  private record Entry(long atNanos, Claim claim) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::atNanos));

  void schedule(Claim claim) {
    long next = claim.nextAt();
    if (!claim.gone && next < claim.timerAt) {
      claim.timerAt = next;
      entries.add(new Entry(next, claim));
    }
  }

  /** Hands over each claim with something due; returns when the next has. */
  long due(long now, Consumer<Claim> act) {
    for (Entry entry = entries.peek(); entry != null; entry = entries.peek()) {
      Claim claim = entry.claim;
      boolean current = !claim.gone && claim.timerAt == entry.atNanos;
      if (current && entry.atNanos > now) {
        return entry.atNanos;
      }
      entries.poll();
      if (current) {
        claim.timerAt = Claim.NEVER;
        act.accept(claim);
        schedule(claim);
      }
    }
    return Claim.NEVER;
  }
}
