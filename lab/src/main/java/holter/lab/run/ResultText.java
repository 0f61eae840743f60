package holter.lab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A result as text for a terminal: what was done, what Holter did, what was expected. */
public final class ResultText {
  private static final int EVIDENCE_LINES_MAX = 6;

  private final List<String> lines = new ArrayList<>();

  private ResultText() {}

  /** The whole text, without a line end at its end. */
  public static String of(RunResult result) {
    var text = new ResultText();
    text.head(result);
    text.faults(result);
    text.diagnoses(result);
    text.workers(result);
    text.beside(result);
    text.checks(result);
    return String.join("\n", text.lines);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is the compiler plugin's own
  private void line(String form, @Nullable Object... args) {
    lines.add(String.format(form, args));
  }

  private void head(RunResult result) {
    line(
        "%s on Kafka %s%s: %s",
        result.scenario(),
        result.kafka(),
        result.seed() == null ? "" : ", seed " + result.seed(),
        result.voidWhy() != null ? "VOID" : result.passed() ? "passed" : "FAILED");
    if (result.voidWhy() != null) {
      line("  void: %s", result.voidWhy());
    }
    line(
        "  %d cores, load %s at start; calm after %s s, ran %s s; exit events %s",
        result.machine().cores(),
        result.machine().loadAtStart(),
        result.startupS(),
        result.lastedS(),
        result.exitEvents() ? "on" : "off");
  }

  private void faults(RunResult result) {
    for (var fault : result.faults()) {
      line(
          "  fault   %s %s from %s s to %s%s",
          fault.kind(),
          fault.target(),
          fault.fromS(),
          fault.untilS() == null ? "the end" : fault.untilS() + " s",
          fault.bit() == null
              ? ""
              : "; the witness's small requests took %s ms before, %s during"
                  .formatted(fault.smallRpcCalmMs(), took(fault.smallRpcFaultMs())));
    }
    var naming = result.naming();
    line(
        "  named   sick partition after %s, whole subject after %s; paths seen sick: %s",
        seconds(naming.partitionAfterS()), seconds(naming.subjectAfterS()), naming.sickness());
  }

  private static String took(@Nullable Double medianMs) {
    return medianMs == null || medianMs < 0 ? "more than 2 s" : medianMs + " ms";
  }

  private void diagnoses(RunResult result) {
    for (var claim : result.diagnoses()) {
      line(
          "  cause   %s %s after %s: %s, partitions %s",
          claim.cause(),
          claim.confidence().toLowerCase(Locale.ROOT),
          seconds(claim.afterOnsetS()),
          Claims.whom(claim.subject()),
          claim.subject().path("partitions"));
      claim.speaksFor().stream().limit(EVIDENCE_LINES_MAX).forEach(f -> line("          + %s", f));
      claim.speaksAgainst().forEach(against -> line("          - %s", against));
      claim.ruledOut().forEach(out -> line("          ruled out %s", out));
      claim.notAsked().forEach(missing -> line("          not asked: %s", missing));
    }
  }

  private static String perLane(@Nullable Double bytesPerS) {
    return bytesPerS == null ? "unknown" : bytesPerS + " B/s";
  }

  private void workers(RunResult result) {
    for (var death : result.deaths()) {
      line(
          "  death   %s %s at %s s; suspected after %s, verdict after %s, restarted after %s (%s)",
          death.instance(),
          death.how(),
          death.atS(),
          seconds(death.suspectedAfterS()),
          seconds(death.verdictAfterS()),
          seconds(death.restartedAfterS()),
          death.proof());
    }
    for (var restart : result.restarts()) {
      line(
          "  restart %s at %s s, truth %s%s%s; %s",
          restart.instance(),
          restart.atS(),
          restart.truth(),
          restart.done() ? "" : ", not done",
          restart.falseRestart() ? ", FALSE RESTART" : "",
          restart.why());
    }
    line(
        "  held    %d restarts of %d workers",
        result.held().size(),
        result.held().stream().map(RunResult.HeldLine::instance).distinct().count());
  }

  private void beside(RunResult result) {
    var plain = result.plainTimeout();
    line(
        "  plain   a timeout of %d intervals would have restarted %d, %d of them healthy",
        plain.intervals(), plain.restarts(), plain.falseRestarts());
    var registrations = result.registrations();
    line(
        "  dtus    %d dials, slowest visible after %s, %d lost, %d stale owners",
        registrations.dials(),
        seconds(registrations.slowestS()),
        registrations.lost(),
        registrations.staleWins());
    if (result.replicas().count() > 1) {
      leaders(result.replicas());
    }
    if (registrations.afterHeal().dials() > 0) {
      line(
          "  dtus    %d of them not shown at the heal, the last one after %s",
          registrations.afterHeal().dials(), seconds(registrations.afterHeal().slowestS()));
    }
    var probes = result.probes();
    line(
        "  probes  %d lanes, each %s records/s and %s, its copies %s; the orchestrator's host moves"
            + " %s B/s, beats are %s B/s; largest change of a healthy lane's period %s",
        probes.lanes(),
        probes.recordsPerSPerLane(),
        perLane(probes.bytesPerSPerLane()),
        perLane(probes.replicatedBytesPerSPerLane()),
        probes.orchestratorBytesPerS(),
        probes.beatBytesPerS(),
        probes.lanePeriodChange());
  }

  private void leaders(RunResult.ReplicasLine replicas) {
    for (var takeover : replicas.takeovers()) {
      line(
          "  leader  %s at %s s: the next one leads after %s and acts after %s",
          takeover.action(),
          takeover.atS(),
          seconds(takeover.nextLeadsAfterS()),
          seconds(takeover.nextActsAfterS()));
    }
    line(
        "          %d restarted twice, %d orders of stale leaders refused, %d asked again",
        replicas.doubleRestarts(), replicas.fencedOrders(), replicas.repeatedOrders());
  }

  private void checks(RunResult result) {
    for (var check : result.checks()) {
      line(
          "  %s %s: %s (expected %s)",
          check.ok() ? "ok  " : "FAIL", check.what(), check.got(), check.expected());
    }
    if (result.record() != null) {
      line("  record %s", result.record());
    }
  }

  private static String seconds(@Nullable Double value) {
    return value == null ? "never" : value + " s";
  }
}
