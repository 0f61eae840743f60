package holter.cli.direct;

import holter.cli.direct.Finding.Result;
import java.util.List;

/**
 * A group of checks that the user reads as one line when all is fine.
 *
 * @param name as the user knows it
 * @param summary what is fine about it, or why it was not checked
 * @param findings one per thing checked
 */
record Area(String name, String summary, List<Finding> findings) {
  Area {
    findings = List.copyOf(findings);
  }

  long count(Result result) {
    return findings.stream().filter(f -> f.result() == result).count();
  }

  /**
   * The worst of it: a failure, else a warning, else not known, else fine. Nothing is not known.
   */
  Result result() {
    if (count(Result.FAIL) > 0) return Result.FAIL;
    if (count(Result.WARN) > 0) return Result.WARN;
    return count(Result.UNKNOWN) > 0 || findings.isEmpty() ? Result.UNKNOWN : Result.PASS;
  }
}
