package holter.lab.cases;

import holter.diagnose.CauseCode;
import holter.diagnose.Confidence;
import holter.diagnose.LogSign;
import holter.diagnose.Metric;
import holter.diagnose.Source;
import holter.diagnose.What;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Holter should say of a case.
 *
 * @param healthy nothing is wrong at all: naming any cause is false
 * @param causes all of them must be named
 * @param also causes that may stand beside them: true, and not asked for
 * @param cite evidence that must be cited for a named cause
 * @param mustNot what makes the whole answer worth nothing
 * @param remedy regular expressions, each of which a remedy must fit
 */
public record Expected(
    boolean healthy,
    List<Named> causes,
    List<CauseCode> also,
    List<Cite> cite,
    MustNot mustNot,
    List<String> remedy) {
  static final Expected NOTHING =
      new Expected(false, List.of(), List.of(), List.of(), MustNot.NOTHING, List.of());

  public Expected {
    causes = Case.listOf(causes);
    also = Case.listOf(also);
    cite = Case.listOf(cite);
    mustNot = mustNot == null ? MustNot.NOTHING : mustNot;
    remedy = Case.listOf(remedy);
  }

  /**
   * A cause that must be named.
   *
   * @param code which
   * @param broker −1 when the case is not about one
   * @param host empty when any is right
   * @param partitions all of them, and no other; empty when the case is not about partitions
   * @param names what else it must point at
   * @param instances workers concerned
   * @param atLeast the weakest confidence that still counts
   * @param atMost the strongest that the evidence bears
   * @param over true when it is past, false when it is at work, null when either is right
   */
  public record Named(
      CauseCode code,
      @Nullable Integer broker,
      String host,
      List<Integer> partitions,
      Map<What, String> names,
      List<String> instances,
      Confidence atLeast,
      Confidence atMost,
      @Nullable Boolean over) {
    public Named {
      host = host == null ? "" : host;
      partitions = Case.listOf(partitions);
      names = names == null ? Map.of() : Map.copyOf(names);
      instances = Case.listOf(instances);
      atLeast = atLeast == null ? Confidence.LIKELY : atLeast;
      atMost = atMost == null ? Confidence.CONFIRMED : atMost;
    }
  }

  /**
   * Evidence that must be cited: one cited observation has all parts that are given.
   *
   * @param source the kind of witness
   * @param fact the fact's name, as JSON has it: BrokerReach, Logged, HostLoad …
   * @param sign of a log line
   * @param metric of a figure
   * @param text a regular expression found in the claim or anywhere in the fact
   */
  public record Cite(
      @Nullable Source source,
      @Nullable String fact,
      @Nullable LogSign sign,
      @Nullable Metric metric,
      @Nullable String text) {}

  /**
   * What makes the whole answer worth nothing.
   *
   * @param causes claiming one of these
   * @param brokers claiming anything about one of these
   * @param text a regular expression found in a claimed cause's words or remedies
   */
  public record MustNot(List<CauseCode> causes, List<Integer> brokers, List<String> text) {
    static final MustNot NOTHING = new MustNot(List.of(), List.of(), List.of());

    public MustNot {
      causes = Case.listOf(causes);
      brokers = Case.listOf(brokers);
      text = Case.listOf(text);
    }
  }
}
