package holter.lab.run;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one run: what {@code holter lab run -o json} prints, described in
 * docs/schema/scenario-result.schema.json. Every {@code …S} is in seconds since the calm start
 * unless it says otherwise; null means never.
 *
 * @param v version of this form
 * @param voidWhy why the run proves nothing; null when it does prove something
 * @param startupS from the command's start to the calm start
 * @param onsetS when the first fault began; null without one
 * @param falseRestarts restarts of running and healthy workers
 * @param deathsMissed dead workers that were not restarted by the end of the run
 * @param wrongClaims causes called likely or confirmed that are not true, each in a line
 * @param replicas who led, and what came of the orders of leaders that were none any more
 * @param record file of the first incident's record, if one was asked for
 */
@JsonPropertyOrder({"v", "scenario", "passed", "voidWhy"})
public record RunResult(
    int v,
    String scenario,
    String kafka,
    @Nullable Long seed,
    boolean exitEvents,
    Machine machine,
    String startedAt,
    @Nullable String voidWhy,
    boolean passed,
    double startupS,
    double lastedS,
    @Nullable Double onsetS,
    List<FaultLine> faults,
    List<RestartLine> restarts,
    int falseRestarts,
    List<DeathLine> deaths,
    int deathsMissed,
    Naming naming,
    List<DiagnosisLine> diagnoses,
    List<String> wrongClaims,
    List<HeldLine> held,
    Planned planned,
    List<StateLine> states,
    Registrations registrations,
    PlainTimeoutLine plainTimeout,
    Probes probes,
    ReplicasLine replicas,
    List<Check> checks,
    @Nullable String record) {

  /** The machine that it ran on. */
  public record Machine(int cores, long memoryMb, double loadAtStart, String java) {}

  /** A fault, and what the lab's witness saw of it; null figures where no path is hit. */
  public record FaultLine(
      String kind,
      String target,
      double fromS,
      @Nullable Double untilS,
      @Nullable Boolean bit,
      @Nullable Double smallRpcCalmMs,
      @Nullable Double smallRpcFaultMs,
      @Nullable Double unansweredShare) {}

  /** A restart order, with what the process was in truth when the runner came. */
  public record RestartLine(
      String instance,
      double atS,
      boolean done,
      String truth,
      boolean falseRestart,
      String proof,
      String why,
      String detail) {}

  /**
   * A death, and how it was found.
   *
   * @param how killed, stopped or hung
   * @param suspectedAfterS from the death to the first sight of suspicion
   * @param verdictAfterS from the death to the first sight of the verdict
   * @param restartedAfterS from the death to the restart order at the runner
   */
  public record DeathLine(
      String instance,
      String how,
      double atS,
      @Nullable Double suspectedAfterS,
      @Nullable Double verdictAfterS,
      @Nullable Double restartedAfterS,
      @Nullable String proof) {}

  /**
   * When the sick parts were named first, counted from the onset.
   *
   * @param partitionAfterS a path was shown as sick
   * @param subjectAfterS an incident named partitions, broker and host as they are expected
   * @param firstNamedBroker the first broker that any incident named; null for none
   */
  public record Naming(
      @Nullable Double partitionAfterS,
      @Nullable Double subjectAfterS,
      @Nullable Integer firstNamedBroker,
      List<Integer> sickPartitions,
      Map<Integer, String> sickness) {}

  /** A cause as it was first claimed, with its evidence at that moment. */
  public record DiagnosisLine(
      String incident,
      double atS,
      @Nullable Double afterOnsetS,
      String cause,
      String confidence,
      double probability,
      JsonNode subject,
      List<String> speaksFor,
      List<String> speaksAgainst,
      List<String> ruledOut,
      List<String> notAsked,
      List<String> remedies) {}

  /** A restart that was held, from when until when, and why. */
  public record HeldLine(String instance, double fromS, @Nullable Double untilS, String reason) {}

  /** Workers that stopped on purpose, those restarted meanwhile; brokers restarted in order. */
  public record Planned(int stops, int restarts, int brokers, List<PlannedLine> each) {}

  /** One stop on purpose. */
  public record PlannedLine(String instance, double atS) {}

  /**
   * A verdict or a path changed, from the calm start on; states as the audit names them, as {@code
   * Dead(PORT_REFUSED)}.
   *
   * @param subject a worker, or a path as {@code partition 4}
   * @param rule that decided, as {@code R3}
   */
  public record StateLine(String subject, double atS, String from, String to, String rule) {}

  /** How registrations went: dials, slowest, after the heal, lost, and stale owners at the end. */
  public record Registrations(
      int dials,
      @Nullable Double slowestS,
      AfterHeal afterHeal,
      int lost,
      int staleWins,
      List<DialLine> each) {}

  /**
   * DTUs that the directory did not show where they sat when the last fault of the channel ended.
   *
   * @param dials how many
   * @param slowestS from that end until the last of them was shown; null for none or never
   */
  public record AfterHeal(int dials, @Nullable Double slowestS) {
    static AfterHeal of(List<DialLine> each, OptionalDouble healS) {
      double heal = healS.orElse(Double.NEGATIVE_INFINITY);
      var behind =
          each.stream()
              .filter(dial -> dial.atS() <= heal)
              .filter(dial -> each.stream().noneMatch(dial::isOvertakenBy))
              .mapToDouble(dial -> after(dial, heal))
              .filter(late -> late > 0)
              .toArray();
      double slowest = Arrays.stream(behind).max().orElse(Double.POSITIVE_INFINITY);
      return new AfterHeal(
          behind.length,
          slowest == Double.POSITIVE_INFINITY ? null : Math.round(slowest * 100) / 100.0);
    }

    private static double after(DialLine dial, double heal) {
      Double visible = dial.visibleAfterS();
      return visible == null ? Double.POSITIVE_INFINITY : dial.atS() + visible - heal;
    }
  }

  /** One dial of a DTU. */
  public record DialLine(String dtu, String dac, double atS, @Nullable Double visibleAfterS) {
    private boolean isOvertakenBy(DialLine other) {
      return other.dtu().equals(dtu) && other.atS() > atS;
    }
  }

  /** What a plain timeout would have restarted; it killed nobody. */
  public record PlainTimeoutLine(
      int intervals,
      int restarts,
      int falseRestarts,
      List<WouldLine> each,
      Map<Integer, Double> longestUnreadS) {}

  /** One restart that a plain timeout would have ordered. */
  public record WouldLine(String instance, double atS, boolean trulyDown) {}

  /**
   * What probing cost from the calm start to the first fault or the end, and whether one sick
   * broker slowed the lanes of the others.
   *
   * @param recordsPerSPerLane records written to the twin topic, per partition; null when unknown
   * @param bytesPerSPerLane what the lanes' sockets carried on Holter's side, both directions, by
   *     its own count, per lane; null when unknown
   * @param replicatedBytesPerSPerLane what followers stored of the probe records, per lane; null
   *     when unknown
   * @param orchestratorBytesPerS all bytes of the orchestrator's host, both directions
   * @param beatBytesPerS keys and values of the beats in the same time
   * @param lanePeriodChange the largest relative change of a healthy leader's lane period while the
   *     fault lasted; null when it cannot be told
   */
  public record Probes(
      int lanes,
      @Nullable Double recordsPerSPerLane,
      @Nullable Double bytesPerSPerLane,
      @Nullable Double replicatedBytesPerSPerLane,
      @Nullable Double orchestratorBytesPerS,
      @Nullable Double beatBytesPerS,
      @Nullable Double lanePeriodChange) {}

  /**
   * What became of leadership.
   *
   * @param count how many replicas watched
   * @param doubleRestarts restarts beyond one for each death, of processes that had not ended
   * @param fencedOrders refused, for a newer leader had spoken
   * @param repeatedOrders answered as before, for their key had been answered
   */
  public record ReplicasLine(
      int count,
      List<TakeoverLine> takeovers,
      int doubleRestarts,
      int fencedOrders,
      int repeatedOrders) {}

  /**
   * A leader that was killed or stopped, and who followed.
   *
   * @param nextLeadsAfterS until another one said that it leads
   * @param nextActsAfterS until its first order reached the runner; null when nobody was dead
   */
  public record TakeoverLine(
      String action,
      double atS,
      @Nullable Double nextLeadsAfterS,
      @Nullable Double nextActsAfterS) {}

  /** One expectation and what came of it. */
  public record Check(String what, String expected, String got, boolean ok) {}
}
