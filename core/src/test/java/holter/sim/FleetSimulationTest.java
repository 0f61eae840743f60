package holter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.PathState;
import holter.detect.DeathProof;
import holter.detect.HoldReason;
import holter.detect.Verdict;
import holter.engine.Incident;
import holter.fleet.SenderKind;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises, over seeded virtual hours: {@link Sim} checks its invariants at every step. */
class FleetSimulationTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 4);
  }

  private static Sim incidentFleet(long seed) {
    return new Sim(seed)
        .agents(30, SECOND)
        .add(new SimWorker("savoir", SenderKind.FOREIGN_KEYED, 5 * SECOND, "iota-n2", 4))
        .add(new SimWorker("legacy", SenderKind.FOREIGN_KEYLESS, 5 * SECOND, "iota-n2", 1));
  }

  /** The incident: partition 4 hangs, followers freeze 2 and 3 for a while. */
  private static void incident(Sim sim) {
    sim.paths[4] = SimPath.HANG;
    sim.paths[2] = SimPath.ISR;
    sim.paths[3] = SimPath.ISR;
    sim.at(
        sim.nowMs + 12 * SECOND,
        () -> {
          sim.paths[2] = SimPath.FINE;
          sim.paths[3] = SimPath.FINE;
        });
  }

  private static void assertFoundWithin(Sim sim, String name, long ms, long diedMs) {
    assertThat(sim.worker(name).foundMs).as("%s was missed", name).isPositive();
    assertThat(sim.worker(name).foundMs - diedMs).as("time to find %s", name).isLessThan(ms);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void calmRestartsNobodyAndOpensNoIncident(long seed) {
    var sim = incidentFleet(seed).runTo(10 * MINUTE);
    assertThat(sim.orders).isEmpty();
    assertThat(sim.view().incidents()).isEmpty();
    assertThat(sim.view().instances())
        .allMatch(i -> i.verdict() instanceof Verdict.Alive || i.lastHeardMs() > sim.nowMs - 5_000);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theIncidentRestartsOnlyTheTrulyDead(long seed) {
    var sim = incidentFleet(seed).runTo(MINUTE);
    incident(sim);
    sim.run(20 * SECOND + seed * 137);
    sim.kill("dac-07", SimWorker.Life.KILLED);
    long died = sim.nowMs;
    sim.run(5 * MINUTE);
    assertFoundWithin(sim, "dac-07", 6 * SECOND, died);
    sim.heal();
    sim.run(MINUTE);
    assertThat(sim.orders).as("orders").hasSize(1);
    assertThat(sim.view().incidents()).singleElement().matches(i -> !i.open());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void sickPartitionsBrokerAndHostAreNamedWithinFiveSeconds(long seed) {
    var sim = incidentFleet(seed).runTo(MINUTE + seed * 311);
    incident(sim);
    sim.run(5 * SECOND);
    var incident = sim.view().incidents().getFirst();
    assertThat(incident.subject().partitions()).contains(2, 3, 4);
    assertThat(incident.subject().brokerId()).isEqualTo(1001);
    assertThat(incident.subject().host()).isEqualTo("iota-n2");
    assertThat(sim.view().partitions().get(3).path())
        .isInstanceOfSatisfying(
            PathState.Sick.class, sick -> assertThat(sick.subjectBrokerId()).isEqualTo(1001));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void foreignSendersOnASickPartitionAreHeldNotRestarted(long seed) {
    var sim = incidentFleet(seed).runTo(MINUTE);
    incident(sim);
    sim.run(MINUTE);
    assertThat(sim.verdict("savoir"))
        .isInstanceOfSatisfying(
            Verdict.Held.class,
            held -> assertThat(held.reason()).isEqualTo(HoldReason.CHANNEL_PARTITION));
    assertThat(sim.view().counters().restartsHeld()).isPositive();
    sim.heal();
    sim.run(MINUTE);
    assertThat(sim.verdict("savoir")).isInstanceOf(Verdict.Alive.class);
    assertThat(sim.orders).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void workersOnTheSaturatedHostAreHeldThoughTheirPathsAreHealthy(long seed) {
    var sim = incidentFleet(seed).runTo(MINUTE);
    incident(sim);
    sim.deafHosts.add("iota-n2");
    sim.run(3 * MINUTE);
    assertThat(sim.orders).isEmpty();
    assertThat(sim.verdict("dac-00")).isInstanceOf(Verdict.Held.class);
    sim.heal();
    sim.run(MINUTE);
    assertThat(sim.verdict("dac-00")).isInstanceOf(Verdict.Alive.class);
  }

  /** Its exporter gets through the full network now and then, the workers' answers do not. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aSaturatedHostThatAnswersOthersDoesNotMakeItsWorkersDead(long seed) {
    var sim = new Sim(seed).agents(6, SECOND).runTo(MINUTE);
    incident(sim);
    sim.run(10 * SECOND);
    sim.deafHostsAnswerOthers = true;
    sim.deafHosts.add("iota-n2");
    sim.run(2 * MINUTE);
    assertThat(sim.orders).isEmpty();
    assertThat(sim.verdict("dac-00"))
        .isInstanceOfSatisfying(
            Verdict.Held.class, h -> assertThat(h.reason()).isEqualTo(HoldReason.HOST_PATH));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aDeadForeignSenderOnHealthyPathsIsInferredWithinThirtySeconds(long seed) {
    var sim = incidentFleet(seed).runTo(MINUTE + seed * 411);
    sim.kill("savoir", SimWorker.Life.KILLED);
    sim.kill("legacy", SimWorker.Life.KILLED);
    long died = sim.nowMs;
    sim.run(MINUTE);
    assertFoundWithin(sim, "savoir", 30 * SECOND, died);
    assertFoundWithin(sim, "legacy", 40 * SECOND, died); // the second inference waits for its token
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void deathsAreFoundWhileTheWholeChannelIsDark(long seed) {
    var sim = incidentFleet(seed).runTo(MINUTE);
    java.util.Arrays.fill(sim.paths, SimPath.HANG);
    sim.run(15 * SECOND);
    sim.kill("dac-03", SimWorker.Life.KILLED);
    sim.kill("dac-11", SimWorker.Life.HUNG);
    long died = sim.nowMs;
    sim.run(45 * SECOND);
    assertFoundWithin(sim, "dac-03", 6 * SECOND, died);
    assertFoundWithin(sim, "dac-11", 10 * SECOND, died);
    sim.heal();
    sim.run(MINUTE);
    assertThat(sim.orders).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void lateBeatsOfTheDeadDoNotReviveThem(long seed) {
    var sim = incidentFleet(seed).runTo(MINUTE);
    sim.lateNotLost = true;
    java.util.Arrays.fill(sim.paths, SimPath.HANG);
    sim.run(20 * SECOND);
    sim.kill("dac-05", SimWorker.Life.KILLED);
    sim.heal();
    sim.run(30 * SECOND);
    assertThat(sim.orders).extracting(o -> o.instance().value()).containsExactly("dac-05");
    assertThat(sim.worker("dac-05").incarnation).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ourOwnPauseKillsNobodyAndHidesNoDeath(long seed) {
    var sim = incidentFleet(seed).runTo(MINUTE + seed * 91);
    sim.kill("dac-02", SimWorker.Life.KILLED);
    sim.pause(seed % 2 == 0 ? 12 * SECOND : 40 * SECOND);
    long awake = sim.pausedUntilMs;
    sim.runTo(awake + 30 * SECOND);
    assertFoundWithin(sim, "dac-02", 6 * SECOND, awake);
    assertThat(sim.orders).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void massDeathIsFoundAndRestartedWithinTheBudget(long seed) {
    var sim = new Sim(seed).agents(120, SECOND).runTo(MINUTE);
    for (int i = 0; i < 100; i++) {
      sim.kill("dac-%02d".formatted(i), SimWorker.Life.KILLED);
    }
    long died = sim.nowMs;
    sim.run(MINUTE);
    assertThat(sim.orders).hasSize(100);
    assertThat(sim.orderedAtMs.getLast() - died).isLessThan(20 * SECOND);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void hungAndStoppedWorkersAreFound(long seed) {
    var sim = incidentFleet(seed).runTo(MINUTE + seed * 77);
    sim.kill("dac-08", SimWorker.Life.HUNG);
    sim.kill("dac-15", SimWorker.Life.STOPPED);
    long died = sim.nowMs;
    sim.run(30 * SECOND);
    assertFoundWithin(sim, "dac-08", 7 * SECOND, died);
    assertFoundWithin(sim, "dac-15", 10 * SECOND, died);
    assertThat(sim.orders)
        .extracting(o -> o.proof())
        .containsExactlyInAnyOrder(DeathProof.HUNG, DeathProof.SILENCE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ourOwnRestartKillsNobodyAndLosesNoIncident(long seed) {
    var sim = incidentFleet(seed).runTo(MINUTE);
    incident(sim);
    sim.run(20 * SECOND);
    String id = sim.view().incidents().getFirst().id();
    sim.restartOrchestrator();
    sim.run(30 * SECOND);
    assertThat(sim.view().incidents().stream().filter(Incident::open))
        .extracting(Incident::id)
        .containsExactly(id);
    assertThat(sim.orders).isEmpty();
    sim.heal();
    sim.run(MINUTE);
    assertThat(sim.orders).isEmpty();
    assertThat(sim.view().incidents()).allMatch(i -> !i.open());
  }

  @Test
  void aDeathDuringOurDowntimeIsFound() {
    var sim = incidentFleet(3).runTo(MINUTE);
    sim.kill("dac-09", SimWorker.Life.KILLED);
    sim.restartOrchestrator();
    sim.run(30 * SECOND);
    assertThat(sim.orders).extracting(o -> o.instance().value()).containsExactly("dac-09");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aCutClientHostIsHeld(long seed) {
    var sim = incidentFleet(seed).runTo(MINUTE);
    sim.deafHosts.add("iota-n2");
    sim.run(2 * MINUTE);
    assertThat(sim.orders).isEmpty();
    assertThat(sim.verdict("dac-06"))
        .isInstanceOfSatisfying(
            Verdict.Held.class, h -> assertThat(h.reason()).isEqualTo(HoldReason.HOST_PATH));
    sim.heal();
    sim.run(90 * SECOND);
    assertThat(sim.orders).isEmpty();
    assertThat(sim.verdict("dac-06")).isInstanceOf(Verdict.Alive.class);
  }

  @Test
  void aReplicaThatDoesNotLeadHoldsAndActsOnceItLeads() {
    var sim = incidentFleet(1).runTo(MINUTE);
    sim.leading = false;
    sim.tell(new holter.engine.Input.Leading(false, 1));
    sim.run(SECOND);
    sim.kill("dac-04", SimWorker.Life.KILLED);
    sim.run(20 * SECOND);
    assertThat(sim.orders).isEmpty();
    assertThat(sim.verdict("dac-04")).isInstanceOf(Verdict.Held.class);
    sim.leading = true;
    sim.tell(new holter.engine.Input.Leading(true, 2));
    sim.run(5 * SECOND);
    assertThat(sim.orders).singleElement().matches(o -> o.leaderEpoch() == 2);
  }

  @Test
  void exitEventsBeatSilence() {
    var sim = incidentFleet(2);
    sim.exitEvents = true;
    sim.runTo(MINUTE);
    incident(sim);
    sim.run(20 * SECOND);
    sim.kill("legacy", SimWorker.Life.KILLED);
    sim.kill("dac-01", SimWorker.Life.KILLED);
    long died = sim.nowMs;
    sim.run(20 * SECOND);
    assertFoundWithin(sim, "dac-01", 1 * SECOND, died);
    sim.heal();
    sim.run(MINUTE);
    assertThat(sim.orders).hasSizeBetween(1, 2);
  }
}
