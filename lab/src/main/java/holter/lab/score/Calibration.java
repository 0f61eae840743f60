package holter.lab.score;

import holter.lab.cases.Expected;

/**
 * How well confidence fits the truth: 1 less the Brier score, the mean of (p − y)² over every cause
 * that was named, with its probability p, and every cause that was expected and not named, with p =
 * 0; y is 1 for a true cause and 0 for a false one. A cause is true when the case expects it or
 * says that it may stand beside. Nothing named where nothing is wrong has 1.
 */
final class Calibration {
  private Calibration() {}

  static double of(Expected expected, Said said) {
    double sum = 0;
    int count = 0;
    for (var cause : said.causes()) {
      boolean wanted = expected.causes().stream().anyMatch(c -> c.code() == cause.code());
      boolean right = wanted || expected.also().contains(cause.code());
      if (cause.claimed() && !right) {
        return 0;
      }
      boolean tooSure =
          expected.causes().stream()
              .anyMatch(
                  c -> c.code() == cause.code() && cause.confidence().compareTo(c.atMost()) < 0);
      if (tooSure) {
        return 0;
      }
      double miss = cause.probability() - (right ? 1 : 0);
      sum += miss * miss;
      count++;
    }
    for (var cause : expected.causes()) {
      if (said.causes().stream().noneMatch(c -> c.code() == cause.code())) {
        sum += 1;
        count++;
      }
    }
    return count == 0 ? 1 : 1 - sum / count;
  }
}
