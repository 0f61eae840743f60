package holter.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import holter.detect.RestartTruth;
import holter.lab.fleet.TruthLog;
import holter.lab.scenario.Scenario;
import holter.lab.scenario.ScenarioReader;
import holter.lab.witness.Bite;
import holter.lab.witness.Counterfactual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A run of the incident as it should go, and what each deviation does to its result. */
final class AssessmentTest {
  private static final long CALM = 1_000_000;
  private static final Scenario INCIDENT = ScenarioReader.find("incident");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<TruthLog.Event> truth = new ArrayList<>();
  private final List<TruthLog.Restart> restarts = new ArrayList<>();
  private final Sightings sightings = new Sightings();
  private final Sighted sighted = new Sighted(sightings);
  private final List<StateWatch.Change> states = new ArrayList<>();
  private final List<DirectoryWatch.Visible> visible = new ArrayList<>();
  private final List<DirectoryWatch.Wrong> wrong = new ArrayList<>();
  private Bite bite = new Bite(true, 2, 1_500, 0.4, CALM + 17_000);

  AssessmentTest() {
    event(15, TruthLog.Kind.FAULT_BEGAN, "iota-n2", "0 nicSaturate");
    path(18, 4, "slow", 1001);
    incident(21, "", "");
    incident(30, "F04", "LIKELY");
    event(55, TruthLog.Kind.FAULT_BEGAN, "dac-07", "1 instance");
    event(55, TruthLog.Kind.WORKER_KILLED, "dac-07", "SIGKILL");
    verdict(57, "dac-07", "suspect");
    verdict(59, "dac-07", "dead");
    restart(59.5, "dac-07", RestartTruth.EXITED);
    verdict(20, "dac-n2-01", "held");
    verdict(110, "dac-n2-01", "alive");
    dial("dtu-0007", "dac-03", 60, 1_200);
    event(105, TruthLog.Kind.FAULT_ENDED, "iota-n2", "0 nicSaturate");
  }

  private static long ms(double seconds) {
    return CALM + Math.round(seconds * 1000);
  }

  private void event(double at, TruthLog.Kind kind, String subject, String detail) {
    truth.add(new TruthLog.Event(ms(at), kind, subject, detail));
  }

  private void restart(double at, String who, RestartTruth was) {
    restarts.add(new TruthLog.Restart(ms(at), who, true, was, "PORT_REFUSED", "why", "detail"));
  }

  private void dial(String dtu, String dac, double at, long afterMs) {
    visible.add(new DirectoryWatch.Visible(new DirectoryWatch.Dial(dtu, dac, ms(at)), afterMs));
  }

  private void path(double at, int partition, String sickness, int broker) {
    sighted.path(ms(at), partition, sickness, broker);
  }

  private void verdict(double at, String who, String verdict) {
    sighted.verdict(ms(at), who, verdict);
  }

  private void incident(double at, String cause, String confidence) {
    incident(at, cause, confidence, 1001, "iota-n2", "");
  }

  private void incident(
      double at, String cause, String confidence, int broker, String host, String dead) {
    sighted.incident(ms(at), cause, confidence, new Sighted.Whom(broker, host, dead));
  }

  private RunResult result() {
    return result(INCIDENT);
  }

  private RunResult result(Scenario scenario) {
    return Assessment.of(
        new RunTrace(
            scenario,
            CALM,
            ms(150),
            truth,
            restarts,
            sightings,
            states,
            Map.of(0, bite),
            new RunTrace.Dials(visible, wrong),
            new RunTrace.Plain(
                List.of(
                    new Counterfactual.WouldRestart(ms(25), "dac-n2-01", false),
                    new Counterfactual.WouldRestart(ms(58), "dac-07", true)),
                Map.of(4, 12_000L)),
            new RunTrace.Led(List.of(), List.of()),
            List.of(),
            Optional.empty()),
        new Assessment.Frame(
            7L,
            new RunResult.Machine(2, 24_000, 1.5, "25"),
            31.5,
            new RunResult.Probes(5, 1.0, 620.0, 160.0, 4_000.0, 900.0, 0.02),
            null));
  }

  private static List<String> failed(RunResult result) {
    return result.checks().stream()
        .filter(check -> !check.ok())
        .map(RunResult.Check::what)
        .toList();
  }

  @Test
  void aRunAsItShouldGoPassesWithItsTimes() {
    var result = result();
    assertThat(failed(result)).isEmpty();
    assertThat(result.passed()).isTrue();
    assertThat(result.onsetS()).isEqualTo(15.0);
    assertThat(result.naming().partitionAfterS()).isEqualTo(3.0);
    assertThat(result.naming().subjectAfterS()).isEqualTo(6.0);
    assertThat(result.diagnoses())
        .extracting(RunResult.DiagnosisLine::afterOnsetS)
        .containsExactly(15.0);
    assertThat(result.deaths())
        .extracting(
            RunResult.DeathLine::suspectedAfterS,
            RunResult.DeathLine::verdictAfterS,
            RunResult.DeathLine::restartedAfterS)
        .containsExactly(tuple(2.0, 4.0, 4.5));
    assertThat(result.held())
        .singleElement()
        .isEqualTo(new RunResult.HeldLine("dac-n2-01", 20, 110.0, "HOST_PATH"));
    assertThat(result.plainTimeout().falseRestarts()).isEqualTo(1);
  }

  @Test
  void aHealthyWorkerRestartedFailsTheRun() {
    restart(40, "dac-02", RestartTruth.HEALTHY);
    assertThat(result().falseRestarts()).isEqualTo(1);
    assertThat(failed(result())).containsExactly("healthy workers restarted");
  }

  @Test
  void aStoppedOrHungWorkerRestartedIsNoFalseRestart() {
    restart(40, "dac-02", RestartTruth.HUNG);
    restart(41, "dac-03", RestartTruth.STOPPED);
    assertThat(result().falseRestarts()).isZero();
  }

  @Test
  void aDeathThatNobodyFoundIsMissed() {
    restarts.clear();
    assertThat(result().deathsMissed()).isEqualTo(1);
    assertThat(failed(result())).containsExactly("deaths missed", "killed dac-07 restarted");
  }

  @Test
  void aRestartBeforeTheDeathDoesNotFindIt() {
    restarts.clear();
    restart(50, "dac-07", RestartTruth.EXITED);
    assertThat(result().deathsMissed()).isEqualTo(1);
  }

  @Test
  void aFaultThatWasNotFeltMakesTheRunVoid() {
    bite = new Bite(false, 2, 4, 0, -1);
    assertThat(result().voidWhy()).contains("nicSaturate iota-n2");
    assertThat(result().passed()).isFalse();
  }

  @Test
  void aWrongCauseBesideTheRightOneFailsTheRun() {
    incident(40, "F01", "LIKELY");
    assertThat(failed(result()))
        .containsExactly("wrong causes or subjects called likely or confirmed");
    assertThat(result().wrongClaims())
        .containsExactly("F01 likely: broker 1001, host iota-n2, at 40.0 s");
  }

  @Test
  void theRightCauseOfAWrongSubjectFailsTheRun() {
    incident(40, "F04", "LIKELY", 1003, "iota-m2", "");
    assertThat(result().wrongClaims()).hasSize(1);
    assertThat(result().passed()).isFalse();
  }

  @Test
  void whatIsOnlyThoughtOfIsNoWrongClaim() {
    incident(40, "F01", "INCONCLUSIVE");
    assertThat(result().passed()).isTrue();
  }

  @Test
  void aDeathClaimedOfTheWorkerThatDiedIsRight() {
    incident(60, "F60", "LIKELY", -1, "", "dac-07");
    assertThat(result().wrongClaims()).isEmpty();
    assertThat(result().passed()).isTrue();
  }

  @Test
  void aDeathClaimedOfALivingWorkerOrTooEarlyIsWrong() {
    incident(50, "F60", "LIKELY", -1, "", "dac-07");
    incident(60, "F60", "CONFIRMED", -1, "", "dac-08");
    assertThat(result().wrongClaims())
        .containsExactly(
            "F60 likely: workers dac-07, at 50.0 s", "F60 confirmed: workers dac-08, at 60.0 s");
  }

  @Test
  void aRegistrationThatShowsAnOldOwnerAtTheEndIsAStaleWin() {
    wrong.add(
        new DirectoryWatch.Wrong(new DirectoryWatch.Dial("dtu-0001", "dac-05", ms(65)), "dac-02"));
    assertThat(failed(result())).containsExactly("stale registrations that won");
  }

  @Test
  void aRegistrationThatNobodyShowsIsLostAndNeverVisible() {
    dial("dtu-0009", "dac-05", 65, -1);
    wrong.add(new DirectoryWatch.Wrong(new DirectoryWatch.Dial("dtu-0009", "dac-05", ms(65)), ""));
    assertThat(failed(result()))
        .containsExactly("slowest of 2 registrations visible", "registrations lost");
  }

  @Test
  void whoStoppedOnPurposeAndIsRestartedMeanwhileFailsTheRun() {
    event(70, TruthLog.Kind.WORKER_LEFT, "dac-09", "SIGTERM, on purpose");
    restart(72, "dac-09", RestartTruth.EXITED);
    event(72, TruthLog.Kind.WORKER_STARTED, "dac-09", "life 2");
    assertThat(result().planned().restarts()).isOne();
    assertThat(failed(result())).containsExactly("workers restarted that had stopped on purpose");
  }

  @Test
  void aRollOfBrokersThatWasCutShortShowsNothing() {
    truth.clear();
    event(5, TruthLog.Kind.FAULT_BEGAN, "brokers", "0 roll");
    event(60, TruthLog.Kind.BROKER_RESTARTED, "broker 1001", "the 1. of the roll");
    event(70, TruthLog.Kind.ROLL_FAILED, "broker 1002", "it did not end in time and was killed");
    assertThat(failed(result(ScenarioReader.find("rolling"))))
        .contains("brokers restarted in order");
  }

  @Test
  void whoCameBackFromAStopOnPurposeAndDiesIsRestartedRightly() {
    event(70, TruthLog.Kind.WORKER_LEFT, "dac-09", "SIGTERM, on purpose");
    event(73, TruthLog.Kind.WORKER_STARTED, "dac-09", "life 2");
    restart(80, "dac-09", RestartTruth.EXITED);
    assertThat(result().planned()).extracting("stops", "restarts").containsExactly(1, 0);
    assertThat(result().passed()).isTrue();
  }

  @Test
  void stepsOfWorkersAndPathsAreKeptFromTheCalmStartOn() {
    states.add(new StateWatch.Change(CALM - 1, "dac-07", "Joining", "Alive", "R1"));
    states.add(new StateWatch.Change(ms(57), "dac-07", "Alive", "Suspect", "S1"));
    states.add(new StateWatch.Change(ms(57), "partition 4", "healthy", "SLOW/1001", "C1"));
    states.add(new StateWatch.Change(ms(57), "inc-0001", "none", "open", "I1"));
    assertThat(result().states())
        .containsExactly(
            new RunResult.StateLine("dac-07", 57.0, "Alive", "Suspect", "S1"),
            new RunResult.StateLine("partition 4", 57.0, "healthy", "SLOW/1001", "C1"));
  }

  @Test
  void theResultKeepsToItsSchema() throws IOException {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(Path.of("../docs/schema/scenario-result.schema.json")),
                InputFormat.JSON);
    assertThat(schema.validate(JSON.writeValueAsString(result()), InputFormat.JSON)).isEmpty();
  }

  @Test
  void theTextNamesTheCauseTheDeathAndEveryCheck() {
    var text = ResultText.of(result());
    assertThat(text)
        .contains("F04 likely after 15.0 s: broker 1001, host iota-n2")
        .contains("its NIC is full (HOST_METRICS iota-n2)")
        .contains("dac-07 killed at 55.0 s")
        .contains("ok   healthy workers restarted: 0");
  }
}
