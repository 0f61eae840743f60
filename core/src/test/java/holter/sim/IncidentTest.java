package holter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.CauseCode;
import holter.diagnose.ComplaintKind;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Reach;
import holter.diagnose.Source;
import holter.engine.Incident;
import holter.fleet.SenderKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Incidents from the first symptom to their end, as the orchestrator sees them. */
class IncidentTest {
  private static final long SECOND = 1_000;

  private static Sim fleet() {
    return new Sim(11)
        .agents(30, SECOND)
        .add(new SimWorker("savoir", SenderKind.FOREIGN_KEYED, 5 * SECOND, "iota-n2", 4))
        .runTo(60 * SECOND);
  }

  /** What collectors find while the network of iota-n2 is full. */
  private static List<Observation> saturated(long nowMs) {
    var seen = new ArrayList<Observation>();
    SimCluster.HOSTS.forEach(
        (broker, host) -> {
          boolean sick = broker == 1001;
          var reach = sick ? Reach.SLOW : Reach.ANSWERED;
          seen.add(
              new Observation(
                  Source.BROKER_REACH,
                  "" + broker,
                  nowMs,
                  new Fact.BrokerReach(broker, host + ":6667", reach, 1, sick ? 1_600 : 2)));
          double bytes = sick ? 12_000_000 : 400_000;
          seen.add(
              new Observation(
                  Source.HOST_METRICS,
                  host,
                  nowMs,
                  new Fact.HostLoad(
                      host, bytes, bytes, 12_500_000, 0.3, 0.1, 0.5, sick ? 1_500 : 10)));
        });
    for (int peer : new int[] {1002, 1003}) {
      seen.add(
          new Observation(
              Source.BROKER_LOGS,
              "" + peer,
              nowMs,
              new Fact.Complaint(
                  peer, 1001, ComplaintKind.NO_ANSWER, 1, nowMs - 500, nowMs - 500, "line")));
    }
    return seen;
  }

  private static Incident only(Sim sim) {
    assertThat(sim.view().incidents()).hasSize(1);
    return sim.view().incidents().getFirst();
  }

  private static List<CauseCode> causes(Incident incident) {
    return incident.diagnosis().found().stream().map(Diagnosis.Found::code).toList();
  }

  @Test
  void theCauseFollowsTheNameAndTheEvidenceIsKept() {
    var sim = fleet();
    sim.evidence = IncidentTest::saturated;
    sim.paths[4] = SimPath.HANG;
    sim.run(12 * SECOND);
    var incident = only(sim);
    assertThat(causes(incident)).containsExactly(CauseCode.F04);
    var found = incident.diagnosis().found().getFirst();
    assertThat(found.confidence()).isEqualTo(Confidence.CONFIRMED);
    assertThat(found.subject().host()).isEqualTo("iota-n2");
    assertThat(incident.diagnosis().ruledOut())
        .extracting(Diagnosis.RuledOut::code)
        .contains(CauseCode.F01, CauseCode.F02, CauseCode.F22);
    assertThat(incident.evidence())
        .anyMatch(o -> o.source() == Source.BROKER_LOGS)
        .anyMatch(o -> o.source() == Source.LANES)
        .anyMatch(o -> o.source() == Source.HOST_METRICS);
  }

  @Test
  void aWorkerThatReallyDiesMeanwhileIsASecondCauseOfTheSameIncident() {
    var sim = fleet();
    sim.evidence = IncidentTest::saturated;
    sim.paths[4] = SimPath.HANG;
    sim.run(12 * SECOND);
    sim.kill("dac-09", SimWorker.Life.KILLED);
    sim.run(12 * SECOND);
    var incident = only(sim);
    assertThat(causes(incident)).containsExactly(CauseCode.F04, CauseCode.F60);
    assertThat(incident.restarted())
        .singleElement()
        .matches(r -> r.instance().equals("dac-09") && r.truth().equals("exited"));
    assertThat(incident.held()).anyMatch(h -> h.instance().equals("savoir") && h.untilMs() < 0);
  }

  @Test
  void evidenceIsAskedForOftenUntilTheCauseIsConfirmedAndSeldomAfterwards() {
    var sim = fleet();
    sim.paths[4] = SimPath.HANG;
    sim.run(30 * SECOND);
    int before = sim.collects.size();
    assertThat(before).isBetween(4, 8);
    assertThat(sim.collects.getFirst().subject().brokerId()).isEqualTo(1001);
    sim.evidence = IncidentTest::saturated;
    sim.run(70 * SECOND);
    assertThat(sim.collects.size() - before).isBetween(2, 4);
  }

  @Test
  void aDeathOnAHealthyChannelIsAnIncidentOfItsOwn() {
    var sim = fleet();
    sim.kill("dac-09", SimWorker.Life.KILLED);
    sim.run(10 * SECOND);
    var incident = only(sim);
    assertThat(causes(incident)).containsExactly(CauseCode.F60);
    assertThat(incident.subject().instances()).containsExactly("dac-09");
    assertThat(incident.subject().partitions()).isEmpty();
    sim.run(45 * SECOND);
    assertThat(only(sim).open()).isFalse();
  }

  @Test
  void aHealedIncidentKeepsItsDiagnosisAndCloses() {
    var sim = fleet();
    sim.evidence = IncidentTest::saturated;
    sim.paths[4] = SimPath.HANG;
    sim.run(20 * SECOND);
    sim.heal();
    sim.evidence = now -> List.of();
    sim.run(60 * SECOND);
    var incident = only(sim);
    assertThat(incident.open()).isFalse();
    assertThat(causes(incident)).containsExactly(CauseCode.F04);
    assertThat(incident.subject().partitions()).containsExactly(4);
    assertThat(incident.held()).allMatch(h -> h.untilMs() > 0);
  }

  @Test
  void numbersGoOnAfterARestart() {
    var sim = fleet();
    sim.kill("dac-09", SimWorker.Life.KILLED);
    sim.run(60 * SECOND);
    assertThat(only(sim).id()).isEqualTo("inc-0001");
    sim.restartOrchestrator();
    sim.run(20 * SECOND);
    sim.kill("dac-10", SimWorker.Life.KILLED);
    sim.run(10 * SECOND);
    assertThat(only(sim).id()).isEqualTo("inc-0002");
  }

  @Test
  void everyChangeOfAVerdictIsAuditedWithItsRuleAndEvidence() {
    var sim = fleet();
    sim.audits.clear();
    sim.kill("dac-09", SimWorker.Life.KILLED);
    sim.run(8 * SECOND);
    var told = sim.audits.stream().map(a -> a.entry()).filter(e -> e.subject().equals("dac-09"));
    assertThat(told)
        .extracting(e -> e.from() + ">" + e.to() + " " + e.rule())
        .containsExactly(
            "Alive>Dead(PORT_REFUSED) R3",
            "Dead(PORT_REFUSED)>Restarting R3",
            "Restarting>Joining R1",
            "Joining>Alive R1");
    assertThat(sim.audits).allMatch(a -> !a.entry().why().english().isBlank());
  }

  @Test
  void oneSpellIsOneHeldRestartHoweverOftenItsReasonChanges() {
    var sim = fleet();
    sim.paths[4] = SimPath.HANG;
    sim.run(90 * SECOND);
    assertThat(sim.view().counters().restartsHeld()).isEqualTo(1);
  }
}
