package holter.lab.run;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.run.RunResult.Check;
import holter.lab.run.RunResult.DeathLine;
import holter.lab.run.RunResult.DiagnosisLine;
import holter.lab.run.RunResult.Naming;
import holter.lab.run.RunResult.Registrations;
import holter.lab.run.RunResult.ReplicasLine;
import holter.lab.run.RunResult.RestartLine;
import holter.lab.scenario.Expect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Holds what happened against what was expected, one line per expectation. Pure. */
final class Score {
  private final Expect expect;
  private final List<Check> checks = new ArrayList<>();

  private Score(Expect expect) {
    this.expect = expect;
  }

  /** What is scored. */
  record Scored(
      List<RestartLine> restarts,
      List<DeathLine> deaths,
      int deathsMissed,
      Naming naming,
      List<DiagnosisLine> diagnoses,
      List<DiagnosisLine> wrongClaims,
      RunResult.Planned planned,
      Registrations registrations,
      ReplicasLine replicas,
      Moved moved,
      Cured cured) {}

  static List<Check> of(Expect expect, Scored scored) {
    var score = new Score(expect);
    score.falseRestarts(scored.restarts());
    score.planned(scored.planned());
    score.brokers(scored.planned().brokers());
    score.deaths(scored.deaths(), scored.deathsMissed());
    score.naming(scored.naming());
    score.diagnosis(scored.diagnoses(), scored.naming());
    score.wrongClaims(scored.wrongClaims());
    score.registrations(scored.registrations());
    score.replicas(scored.replicas());
    score.moved(scored.moved());
    score.checks.addAll(scored.cured().checks(expect));
    return List.copyOf(score.checks);
  }

  private void check(String what, String expected, String got, boolean ok) {
    checks.add(new Check(what, expected, got, ok));
  }

  private void falseRestarts(List<RestartLine> restarts) {
    var healthy = restarts.stream().filter(RestartLine::falseRestart).toList();
    check(
        "healthy workers restarted",
        "at most " + expect.falseRestarts(),
        healthy.isEmpty()
            ? "0"
            : healthy.size() + ": " + healthy.stream().map(RestartLine::instance).toList(),
        healthy.size() <= expect.falseRestarts());
  }

  /** Nobody has to ask for it: whoever stops on purpose is left alone. */
  private void planned(RunResult.Planned planned) {
    if (planned.stops() > 0) {
      check(
          "workers restarted that had stopped on purpose",
          "0 of " + planned.stops(),
          String.valueOf(planned.restarts()),
          planned.restarts() == 0);
    }
  }

  private void brokers(int restarted) {
    if (expect.brokersRestarted() > 0) {
      check(
          "brokers restarted in order",
          "at least " + expect.brokersRestarted(),
          String.valueOf(restarted),
          restarted >= expect.brokersRestarted());
    }
  }

  private void deaths(List<DeathLine> deaths, int missed) {
    Duration within = expect.deathsFoundWithin();
    if (within == null) {
      return;
    }
    check("deaths missed", "0 of " + deaths.size(), String.valueOf(missed), missed == 0);
    for (var death : deaths) {
      Double took = death.restartedAfterS();
      check(
          death.how() + " " + death.instance() + " restarted",
          "within " + said(within),
          took == null ? "never" : took + " s",
          inTime(took, within));
    }
  }

  private void naming(Naming naming) {
    var named = expect.named();
    if (named == null) {
      return;
    }
    check(
        "partitions %s, broker %d and host %s named"
            .formatted(named.partitions(), named.broker(), named.host()),
        "within " + said(named.within()),
        naming.subjectAfterS() == null
            ? "never; first named: "
                + (naming.firstNamedBroker() == null ? "nobody" : naming.firstNamedBroker())
            : naming.subjectAfterS() + " s",
        inTime(naming.subjectAfterS(), named.within()));
  }

  private void diagnosis(List<DiagnosisLine> diagnoses, Naming naming) {
    if (expect.noDiagnosis()) {
      check(
          "nothing claimed",
          "no cause, no sick path",
          diagnoses.stream().map(DiagnosisLine::cause).toList() + " " + naming.sickPartitions(),
          diagnoses.isEmpty() && naming.sickPartitions().isEmpty());
    }
    var cause = expect.diagnosis();
    if (cause == null) {
      return;
    }
    var fitting = diagnoses.stream().filter(line -> fits(line, cause)).findFirst();
    Double took = fitting.map(DiagnosisLine::afterOnsetS).orElse(null);
    check(
        "diagnosis",
        "%s %s%s"
            .formatted(
                cause.cause(),
                subject(cause),
                cause.within() == null ? "" : " within " + said(cause.within())),
        fitting
            .map(line -> "%s %s after %s s".formatted(line.cause(), line.confidence(), took))
            .orElse("not claimed; claimed: " + diagnoses.stream().map(WrongClaims::said).toList()),
        fitting.isPresent() && (cause.within() == null || inTime(took, cause.within())));
  }

  private void wrongClaims(List<DiagnosisLine> wrong) {
    if (expect.diagnosis() != null || expect.named() != null || expect.noDiagnosis()) {
      check(
          "wrong causes or subjects called likely or confirmed",
          "0",
          wrong.isEmpty()
              ? "0"
              : wrong.size() + ": " + wrong.stream().map(WrongClaims::said).toList(),
          wrong.isEmpty());
    }
  }

  private static String subject(Expect.Cause cause) {
    var parts = new ArrayList<String>();
    if (cause.broker() != 0) {
      parts.add("broker " + cause.broker());
    }
    if (cause.host() != null) {
      parts.add("host " + cause.host());
    }
    if (!cause.partitions().isEmpty()) {
      parts.add("partitions " + cause.partitions());
    }
    if (!cause.instances().isEmpty()) {
      parts.add("workers " + cause.instances());
    }
    return String.join(", ", parts);
  }

  private static boolean fits(DiagnosisLine line, Expect.Cause cause) {
    var subject = line.subject();
    return WrongClaims.claimed(line)
        && line.cause().equals(cause.cause())
        && (cause.broker() == 0 || subject.path("brokerId").asInt() == cause.broker())
        && (cause.host() == null || subject.path("host").asText().equals(cause.host()))
        && texts(subject.path("partitions"))
            .containsAll(cause.partitions().stream().map(String::valueOf).toList())
        && texts(subject.path("instances")).containsAll(cause.instances());
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** The time, and whose it is. */
  private static String slowest(Registrations registrations) {
    Double slowest = registrations.slowestS();
    if (slowest == null) {
      return "never";
    }
    return registrations.each().stream()
        .filter(dial -> slowest.equals(dial.visibleAfterS()))
        .findFirst()
        .map(d -> "%s s, of %s dialled at %s s".formatted(slowest, d.dtu(), d.atS()))
        .orElse(slowest + " s");
  }

  private void registrations(Registrations registrations) {
    var asked = expect.registrations();
    if (asked == null) {
      return;
    }
    if (asked.visibleWithin() != null) {
      check(
          "slowest of " + registrations.dials() + " registrations visible",
          "within " + said(asked.visibleWithin()),
          slowest(registrations),
          registrations.dials() == 0 || inTime(registrations.slowestS(), asked.visibleWithin()));
    }
    Duration afterHeal = asked.afterHeal();
    if (afterHeal != null) {
      var late = registrations.afterHeal();
      check(
          "slowest of " + late.dials() + " registrations that the fault held up, after the heal",
          "within " + said(afterHeal),
          late.slowestS() == null ? (late.dials() == 0 ? "none" : "never") : late.slowestS() + " s",
          late.dials() > 0 && inTime(late.slowestS(), afterHeal));
    }
    check(
        "registrations lost",
        "at most " + asked.lost(),
        String.valueOf(registrations.lost()),
        registrations.lost() <= asked.lost());
    check(
        "stale registrations that won",
        "at most " + asked.staleWins(),
        String.valueOf(registrations.staleWins()),
        registrations.staleWins() <= asked.staleWins());
  }

  private void replicas(ReplicasLine replicas) {
    Duration within = expect.takeoverWithin();
    if (within == null) {
      return;
    }
    for (var takeover : replicas.takeovers()) {
      Double took = takeover.nextLeadsAfterS();
      check(
          "another leads after the leader's " + takeover.action() + " at " + takeover.atS() + " s",
          "within " + said(within),
          took == null ? "never" : took + " s",
          inTime(took, within));
    }
    int doubles = replicas.doubleRestarts();
    check("workers restarted twice for one death", "0", String.valueOf(doubles), doubles == 0);
  }

  private void moved(Moved moved) {
    var wanted = expect.leadersMoved();
    if (wanted == null) {
      return;
    }
    Double took = moved.leadsNothingAfterS();
    check(
        "broker " + wanted.broker() + " leads nothing",
        "within " + said(wanted.within()),
        took == null ? "never" : took + " s",
        inTime(took, wanted.within()));
    Duration asked = wanted.afterConsent();
    if (asked != null) {
      afterConsent(moved, asked);
    }
    if (wanted.beforeIsrShrinks()) {
      Double shrank = moved.outOfSyncAfterS();
      check(
          "broker " + wanted.broker() + " leads nothing before it leaves an ISR",
          "moved first",
          shrank == null ? "it left none" : "it left one after " + shrank + " s",
          took != null && (shrank == null || took <= shrank));
    }
  }

  private void afterConsent(Moved moved, Duration within) {
    Double took = moved.afterConsentS();
    check(
        "leaders moved after the consent by HTTP",
        "within " + said(within),
        took == null ? "never" : took + " s",
        inTime(took, within));
  }

  private static boolean inTime(@Nullable Double tookS, Duration within) {
    return tookS != null && tookS * 1000 <= within.toMillis();
  }

  private static String said(Duration duration) {
    return duration.toMillis() / 1e3 + " s";
  }
}
