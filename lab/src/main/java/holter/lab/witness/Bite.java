package holter.lab.witness;

import java.util.List;
import java.util.function.Predicate;

/**
 * Whether a fault was felt where it should be: at least half of the small questions on the paths
 * that it hits went unanswered or took ten times their calm time, and at least a quarter second. A
 * run whose fault does not bite proves nothing and is void.
 *
 * @param bit whether it was felt
 * @param calmMs median answer before it, in milliseconds; −1 when nothing was asked before
 * @param faultMs median answer while it lasted; −1 when half of them or more had none
 * @param unansweredShare of the questions while it lasted
 * @param firstBadMs when the first bad sample of it was asked, by the lab's clock; −1 for none
 */
public record Bite(
    boolean bit, double calmMs, double faultMs, double unansweredShare, long firstBadMs) {
  private static final double SLOW_MS = 250;
  private static final double SLOW_TIMES = 10;

  /** The first seconds of a fault do not count: queues have to fill first. */
  private static final long FILLING_MS = 3_000;

  static Bite of(
      List<Witness.Sample> samples, List<Witness.PathName> hit, long beganMs, long endedMs) {
    Predicate<Witness.Sample> onPath =
        sample -> hit.contains(new Witness.PathName(sample.from(), sample.broker()));
    var calm = samples.stream().filter(onPath).filter(s -> s.atMs() < beganMs).toList();
    double calmMs = median(calm);
    double limitMs = Math.max(SLOW_MS, SLOW_TIMES * calmMs);
    Predicate<Witness.Sample> bad = s -> s.answerMs() < 0 || s.answerMs() > limitMs;
    var during =
        samples.stream()
            .filter(onPath)
            .filter(s -> s.atMs() >= beganMs && s.atMs() < endedMs)
            .toList();
    var settled = during.stream().filter(s -> s.atMs() >= beganMs + FILLING_MS).toList();
    long badOnes = settled.stream().filter(bad).count();
    long unanswered = settled.stream().filter(s -> s.answerMs() < 0).count();
    return new Bite(
        !settled.isEmpty() && badOnes * 2 >= settled.size(),
        calmMs,
        median(settled),
        settled.isEmpty() ? 0 : (double) unanswered / settled.size(),
        during.stream().filter(bad).mapToLong(Witness.Sample::atMs).min().orElse(-1));
  }

  /** The median with the unanswered ones at the slow end; −1 when the middle is unanswered. */
  private static double median(List<Witness.Sample> samples) {
    if (samples.isEmpty()) {
      return -1;
    }
    double middle =
        samples.stream()
            .mapToDouble(s -> s.answerMs() < 0 ? Double.MAX_VALUE : s.answerMs())
            .sorted()
            .skip(samples.size() / 2)
            .findFirst()
            .orElse(Double.MAX_VALUE);
    return middle == Double.MAX_VALUE ? -1 : middle;
  }
}
