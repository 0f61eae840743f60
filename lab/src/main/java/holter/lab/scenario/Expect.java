package holter.lab.scenario;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario expects of Holter. What is null is not scored.
 *
 * @param diagnosis the cause to be found
 * @param noDiagnosis no cause of the channel may be claimed, and no partition called sick
 * @param named partitions, broker and host must be named within this time from the fault's onset
 * @param falseRestarts healthy workers restarted, at most
 * @param deathsFoundWithin every death, from the kill to the restart issued
 * @param registrations what is asked of the directory
 * @param brokersRestarted so many brokers were restarted in order, at least
 * @param takeoverWithin from each killing or stopping of a leading replica until another leads
 * @param leadersMoved which broker is to lead nothing any more, and by when
 * @param cured which host is to be cured by a plan, and by when
 * @param also codes of causes that are true as well, whomever they point at
 */
public record Expect(
    @Nullable Cause diagnosis,
    boolean noDiagnosis,
    @Nullable Named named,
    int falseRestarts,
    @Nullable Duration deathsFoundWithin,
    @Nullable Registrations registrations,
    @Nullable Duration takeoverWithin,
    int brokersRestarted,
    @Nullable LeadersMoved leadersMoved,
    @Nullable Cured cured,
    List<String> also) {
  public Expect {
    also = Scenario.listOf(also);
  }

  static Expect nothing() {
    return new Expect(null, false, null, 0, null, null, null, 0, null, null, List.of());
  }

  /** The same on a version of Kafka; below 2.4 no leader is moved by request. */
  Expect onKafka(String version) {
    if (!version.matches("(0|1)\\..*|2\\.[0-3]\\..*")) {
      return this;
    }
    return new Expect(
        diagnosis,
        noDiagnosis,
        named,
        falseRestarts,
        deathsFoundWithin,
        registrations,
        takeoverWithin,
        brokersRestarted,
        null,
        cured,
        also);
  }

  /** Whether the lab is to consent by HTTP to the first plan that is offered. */
  public boolean asks() {
    return leadersMoved != null && leadersMoved.afterConsent() != null;
  }

  /**
   * The cause to be found.
   *
   * @param cause code of the catalogue
   * @param broker 0 when none is to be named
   * @param host null when none is to be named
   * @param partitions that the subject must contain
   * @param instances that the subject must contain
   * @param within from the fault's onset to the diagnosis
   */
  public record Cause(
      String cause,
      int broker,
      @Nullable String host,
      List<Integer> partitions,
      List<String> instances,
      @Nullable Duration within) {
    public Cause {
      partitions = Scenario.listOf(partitions);
      instances = Scenario.listOf(instances);
    }
  }

  /** Who must be named first, before any cause, and within which time. */
  public record Named(int broker, String host, List<Integer> partitions, Duration within) {
    public Named {
      partitions = Scenario.listOf(partitions);
    }
  }

  /**
   * A broker is to lead nothing any more.
   *
   * @param within from the fault's onset
   * @param beforeIsrShrinks whether it must come before that broker is ejected from any ISR
   * @param afterConsent from the lab's consent by HTTP, which is given to the first plan that is
   *     offered; null: the lab consents to none
   */
  public record LeadersMoved(
      int broker, Duration within, boolean beforeIsrShrinks, @Nullable Duration afterConsent) {}

  /**
   * A host is to be cured by a plan that was consented to.
   *
   * @param nicAtMost share of its network that it may use afterwards
   * @param within from the fault's onset to the end of the incident
   */
  public record Cured(String host, double nicAtMost, Duration within) {}

  /**
   * What is asked of the directory.
   *
   * @param visibleWithin from each dial
   * @param afterHeal from the end of the last fault of the channel, for the dials before it
   */
  public record Registrations(
      @Nullable Duration visibleWithin, @Nullable Duration afterHeal, int lost, int staleWins) {}
}
