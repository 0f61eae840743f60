package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holter.cli.broker.OneBroker;
import holter.lab.kube.KubeSim;
import holter.lab.kube.control.Pace;
import holter.lab.kube.store.Json;
import holter.remedy.Act;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Step;
import holter.server.remedy.PlanFolder;
import holter.words.Sentence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code holter remedy} refuses, and that it says why. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class RemedyVerbsTest {
  @TempDir Path plans;

  private Said remedy(String... words) {
    var all = new ArrayList<>(List.of("remedy"));
    all.addAll(List.of(words));
    all.addAll(List.of("--plans", plans.toString(), "--lang", "en"));
    return Said.by(all.toArray(String[]::new));
  }

  @Test
  void whereTheSickBrokerIsTheOnlyOneInSyncNothingIsPlannedAndNothingKept() throws Exception {
    try (OneBroker broker = new OneBroker("3.9.2", List.of(), Map.of()).start()) {
      broker.createTopic("HeartBeat", 2);
      Said none = remedy("plan", "--off", "1", "--bootstrap-server", broker.at());
      assertThat(none.exit()).as(none.out() + none.err()).isEqualTo(Exit.REMEDY_FAILED);
      assertThat(none.out())
          .contains("HeartBeat-0 stays: only broker 1 is in sync", "would lose records");
      Said wrong = remedy("plan", "--off", "99", "--bootstrap-server", broker.at());
      assertThat(wrong.exit()).isEqualTo(Exit.USAGE);
      assertThat(wrong.err()).contains("no broker 99").contains("[1]");
      Said well = remedy("plan", "--bootstrap-server", broker.at());
      assertThat(well.exit()).as(well.out() + well.err()).isEqualTo(Exit.REMEDY_FAILED);
      assertThat(well.err()).contains("no cause was found that a plan helps");
    }
    assertThat(remedy("list").out()).contains("no plan in " + plans);
  }

  @ParameterizedTest
  @ValueSource(strings = {"apply", "undo", "show"})
  void aPlanThatIsNotThereIsAMistakeInOneLine(String word) {
    Said said = remedy(word, "p0");
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).hasLineCount(1).contains("no plan p0").contains("holter remedy list");
  }

  private Plan saved(long madeAtMs) throws Exception {
    var move = new Act.MoveLeader("HeartBeat", 4, List.of(1001, 1002), List.of(1002, 1001));
    return saved(madeAtMs, "127.0.0.1:1", move);
  }

  private Plan saved(long madeAtMs, String servers, Act act) throws Exception {
    Sentence words = Sentence.quote("because");
    var plan =
        new Plan(
            "p1",
            servers,
            "HeartBeat",
            Set.of(1001),
            List.of(new Step(1, act, words, words, 5_000)),
            List.of(),
            List.of(),
            List.of(),
            madeAtMs,
            madeAtMs + Plan.VALID_MS);
    new PlanFolder(plans).save(plan);
    return plan;
  }

  @Test
  void withoutATerminalNobodyConsentsByAccident() throws Exception {
    Plan plan = saved(System.currentTimeMillis());
    Said said = remedy("apply", plan.id());
    assertThat(said.exit()).isEqualTo(Exit.DENIED);
    assertThat(said.err()).contains("nobody consented to plan p1").contains("--yes");
    assertThat(plans.resolve("p1.journal")).doesNotExist();
  }

  @Test
  void anExpiredPlanIsNotApplied() throws Exception {
    saved(System.currentTimeMillis() - 2 * Plan.VALID_MS);
    Said said = remedy("apply", "p1", "--yes");
    assertThat(said.exit()).isEqualTo(Exit.REMEDY_FAILED);
    assertThat(said.err()).contains("has expired").contains("holter remedy plan");
  }

  @Test
  void whatWasNeverDoneCannotBeTakenBack() throws Exception {
    saved(System.currentTimeMillis());
    Said said = remedy("undo", "p1");
    assertThat(said.exit()).isEqualTo(Exit.REMEDY_FAILED);
    assertThat(said.err()).contains("nothing of plan p1 was done");
  }

  @Test
  void aPlanIsShownWithItsHashItsStepsAndItsJournal() throws Exception {
    Plan plan = saved(System.currentTimeMillis());
    Said said = remedy("show", "p1");
    assertThat(said.exit()).isEqualTo(Exit.OK);
    assertThat(said.out()).contains("hash " + plan.hash(), "HeartBeat-4", "because");
    assertThat(remedy("list").out()).contains("p1", "new", "127.0.0.1:1");
    assertThat(remedy("show", "p1", "-o", "json").out()).contains("\"MoveLeader\"");
  }

  @Test
  void aJournalThatSomebodyChangedIsNotBelieved() throws Exception {
    saved(System.currentTimeMillis());
    Files.writeString(
        plans.resolve("p1.journal"),
        """
        {"entry":{"wallMs":1,"deed":"CONSENTED","step":0,"detail":"x"},"chain":"0"}
        """);
    Said said = remedy("apply", "p1", "--yes");
    assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
    assertThat(said.err()).contains("is not what was written");
  }

  @Test
  void stepsOnKubernetesAreNotBegunWhereNoneIsNamed() throws Exception {
    saved(System.currentTimeMillis(), "127.0.0.1:1", new KubeAct.Uncordon("iota-m2", "u1"));
    assertThat(remedy("show", "p1").out()).contains("node/iota-m2", "because");
    Said said = remedy("apply", "p1", "--yes");
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).contains("plan p1 has steps on Kubernetes", "--kubeconfig FILE");
  }

  @Test
  void aRateThatIsNoneIsAMistakeInOneLine() throws Exception {
    Said said = remedy("plan", "--bootstrap-server", "127.0.0.1:1", "--nic", "iota-n2=fast");
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).hasLineCount(1).contains("iota-n2=fast", "--nic iota-n2=1G");
  }

  @Test
  void aPlanOnKubernetesAloneIsCarriedOutProvedByAllPathsAndTakenBack(@TempDir Path dir)
      throws Exception {
    try (OneBroker broker = new OneBroker("3.9.2", List.of(), Map.of()).start();
        KubeSim sim = KubeSim.cluster(Pace.QUICK, 1)) {
      broker.createTopic("HeartBeat", 2);
      sim.node("iota-n2");
      sim.node("iota-m2");
      sim.scene().cordon("iota-m2");
      String config = sim.writeKubeconfig(dir.resolve("config")).toString();
      String uid = Json.uid(sim.scene().get("/api/v1/nodes/iota-m2"));
      saved(System.currentTimeMillis(), broker.at(), new KubeAct.Uncordon("iota-m2", uid));
      Said dry = remedy("apply", "p1", "--dry-run", "--kubeconfig", config);
      assertThat(dry.exit()).as(dry.out() + dry.err()).isEqualTo(Exit.OK);
      assertThat(dry.out()).contains("uncordon node/iota-m2").contains("would be done");
      assertThat(sim.written()).isEmpty();
      Said done = remedy("apply", "p1", "--yes", "--healthy-for", "11s", "--kubeconfig", config);
      assertThat(done.exit()).as(done.out() + done.err()).isEqualTo(Exit.OK);
      assertThat(sim.written()).containsExactly("PATCH /api/v1/nodes/iota-m2");
      Said back = remedy("undo", "p1", "--kubeconfig", config);
      assertThat(back.exit()).as(back.out() + back.err()).isEqualTo(Exit.OK);
      assertThat(sim.written()).hasSize(2);
    }
  }
}
