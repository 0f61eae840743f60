package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import holter.cli.plans.PlansTwin;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code holter remedy … --server} against the API itself, its desk and a folder of plans. */
@Timeout(120)
final class RemedyByServerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path dir;
  private PlansTwin twin;

  @BeforeEach
  void start() {
    twin = new PlansTwin(dir);
  }

  @AfterEach
  void stop() {
    twin.close();
  }

  private Said there(String... words) {
    return said(List.of("--server", twin.url(), "--lang", "en"), words);
  }

  private static Said said(List<String> more, String... words) {
    var all = new ArrayList<>(List.of("remedy"));
    all.addAll(List.of(words));
    all.addAll(more);
    return Said.by(all.toArray(String[]::new));
  }

  private List<JournalEntry> journal(Plan plan) throws IOException {
    return twin.folder().journal(plan).entries();
  }

  @Test
  void thePlansOfTheServersFolderAreListedTheNewestFirst() throws Exception {
    assertThat(there("list").out()).isEqualToIgnoringNewLines("no plan lies with " + twin.url());
    twin.save("p1");
    twin.save("p2", System.currentTimeMillis() + 5_000, PlansTwin.leader());
    Said said = there("list");
    assertThat(said.exit()).isEqualTo(Exit.OK);
    List<String> lines = said.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).split(" +", -1))
        .containsExactly("PLAN", "MADE", "STATE", "STEPS", "CLUSTER");
    assertThat(lines.get(1)).startsWith("p2 ").contains("new").endsWith("1      iota-n2:6667");
    assertThat(lines.get(2)).startsWith("p1 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void aPlanIsShownInTheVeryTextThatItHasInItsFolder(String language) throws Exception {
    var opened = new KubeAct.Uncordon("iota-m2", "u1");
    long now = System.currentTimeMillis();
    Plan plan = twin.save("p1", now, PlansTwin.leader(), opened, PlansTwin.eviction());
    twin.folder().journal(plan).add(new JournalEntry(now, Deed.CONSENTED, 0, plan.hash()));
    twin.folder().journal(plan).add(new JournalEntry(now, Deed.UNDO_INTENDED, 1, ""));
    Said here = said(List.of("--plans", dir.toString(), "--lang", language), "show", "p1");
    Said there = said(List.of("--server", twin.url(), "--lang", language), "show", "p1");
    assertThat(there.exit()).isEqualTo(Exit.OK);
    assertThat(there.out())
        .isEqualTo(here.out())
        .contains("hash " + plan.hash(), "COST", "REFUSED", "JOURNAL", "UNDO_INTENDED 1");
    assertThat(there.out().contains("acks=1 that no follower has"))
        .isEqualTo(language.equals("en"));
  }

  @Test
  void asDataPlansAreTheServersOwnAnswer() throws Exception {
    var json = new ObjectMapper();
    twin.save("p1");
    assertThat(json.readTree(there("list", "-o", "json").out()))
        .isEqualTo(json.readTree(Said.text(twin.url() + "/api/v1/remedies")));
    assertThat(json.readTree(there("show", "p1", "-o", "json").out()))
        .isEqualTo(json.readTree(Said.text(twin.url() + "/api/v1/remedies/p1")));
    assertThat(there("show", "p1", "-o", "yaml").out()).contains("move-leader HeartBeat-4");
  }

  @Test
  void anAppliedPlanIsToldLineByLineUntilItIsCuredAndThenTakenBack() throws Exception {
    Plan plan = twin.save("p1");
    Said done = there("apply", "p1", "--yes");
    assertThat(done.exit()).as(done.err()).isEqualTo(Exit.OK);
    assertThat(done.out()).isEqualToIgnoringNewLines("the symptom is gone");
    assertThat(done.err())
        .containsSubsequence(" CONSENTED ", " INTENDED 1 ", " DONE 1 ", " CURED ");
    assertThat(journal(plan).getFirst().detail())
        .isEqualTo(
            "%s by HTTP from 127.0.0.1, as %s"
                .formatted(plan.hash(), System.getProperty("user.name")));
    Said back = there("undo", "p1");
    assertThat(back.exit()).as(back.err()).isEqualTo(Exit.OK);
    assertThat(back.out()).isEqualToIgnoringNewLines("everything is as it was");
    assertThat(back.err())
        .containsSubsequence(" UNDO_WANTED ", " UNDO_INTENDED 1 ", " UNDONE 1 ")
        .doesNotContain(" CURED ");
  }

  @Test
  void theEndIsToldInChineseOrAsDataWhereThatIsWanted() throws Exception {
    twin.save("p1");
    Said done = said(List.of("--server", twin.url(), "--lang", "zh"), "apply", "p1", "--yes");
    assertThat(done.exit()).as(done.err()).isEqualTo(Exit.OK);
    assertThat(done.out()).doesNotContain("symptom").containsPattern("\\p{IsHan}");
    Said back = there("undo", "p1", "-o", "json");
    assertThat(new ObjectMapper().readTree(back.out()).at("/plan/state").asText())
        .isEqualTo("undone");
  }

  @Test
  void withoutATerminalNobodyConsentsByAccidentAndTheServerHearsOfNothing() throws Exception {
    Plan plan = twin.save("p1");
    Said there = there("apply", "p1");
    Said here = said(List.of("--plans", dir.toString(), "--lang", "en"), "apply", "p1");
    assertThat(there.exit()).isEqualTo(Exit.DENIED).isEqualTo(here.exit());
    String toShow = "holter remedy show p1";
    assertThat(there.err())
        .isEqualTo(here.err().replace(toShow, toShow + " --server " + twin.url()))
        .contains("hash " + plan.hash(), "nobody consented to plan p1", "--yes");
    assertThat(journal(plan)).isEmpty();
  }

  @Test
  void anExpiredPlanIsNotAskedForAndNotBegun() throws Exception {
    Plan plan = twin.save("p1", System.currentTimeMillis() - 2 * Plan.VALID_MS, PlansTwin.leader());
    Said said = there("apply", "p1");
    assertThat(said.exit()).isEqualTo(Exit.REMEDY_FAILED);
    assertThat(said.err())
        .hasLineCount(1)
        .contains("plan p1 has expired at", "holter remedy list --server " + twin.url());
    assertThat(journal(plan)).isEmpty();
  }

  @Test
  void pathsThatStaySickEndWithEverythingAsItWasAndThatIsNoCure() throws Exception {
    twin.save("p1");
    twin.sicken();
    Said said = there("apply", "p1", "--yes");
    assertThat(said.exit()).as(said.err()).isEqualTo(Exit.REMEDY_FAILED);
    assertThat(said.out()).isEqualToIgnoringNewLines("everything is as it was");
    assertThat(said.err()).contains(" UNDO_WANTED ", "not all are well");
  }

  @Test
  void aPromiseThatCannotBeMeasuredIsNotKnownToBeKeptUntilItIsMeasuredAgain() throws Exception {
    Plan plan = twin.save("p1");
    twin.tells(false);
    Said said = there("apply", "p1", "--yes");
    assertThat(said.exit()).as(said.err()).isEqualTo(Exit.CANNOT_TELL);
    assertThat(said.out()).contains("could not be measured");
    assertThat(there("list").out()).contains(" unproved ");
    twin.tells(true);
    assertThat(there("apply", "p1").exit()).isEqualTo(Exit.OK);
    assertThat(journal(plan)).filteredOn(e -> e.deed() == Deed.DONE).hasSize(1);
  }

  @Test
  void whatTheServerRefusesIsToldInItsOwnSentence() throws Exception {
    Plan plan = twin.save("p1");
    Path stop = Files.createFile(dir.resolve("stop"));
    refused(there("apply", "p1", "--yes"), "no step is begun while it is there");
    Files.delete(stop);
    refused(there("undo", "p1"), "plan p1 has done nothing; there is nothing to take back");
    twin.follow();
    refused(there("apply", "p1", "--yes"), "this replica does not lead");
    assertThat(journal(plan)).isEmpty();
  }

  private static void refused(Said said, String why) {
    assertThat(said.exit()).as(said.err()).isEqualTo(Exit.REMEDY_FAILED);
    assertThat(said.err()).hasLineCount(1).contains(why);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void whatWasConsentedToAndCutShortGoesOnUnasked() throws Exception {
    Plan plan = twin.save("p1");
    long now = System.currentTimeMillis();
    twin.folder().journal(plan).add(new JournalEntry(now, Deed.CONSENTED, 0, plan.hash()));
    Said said = there("apply", "p1");
    assertThat(said.exit()).as(said.err()).isEqualTo(Exit.OK);
    assertThat(journal(plan).getLast().deed()).isEqualTo(Deed.CURED);
  }

  @Test
  void whoFollowsForLongEnoughIsToldThatTheServerGoesOn() throws Exception {
    Plan plan = twin.save("p1");
    twin.holdActs();
    Said said = there("apply", "p1", "--yes", "--timeout", "4s");
    assertThat(said.exit()).as(said.err()).isEqualTo(Exit.CANNOT_TELL);
    assertThat(said.err())
        .contains(" INTENDED 1 ", "plan p1 is not over yet", "remedy show p1 --server");
    assertThat(there("list").out()).contains("unfinished, running");
    twin.let();
    await().atMost(SOON).until(() -> !twin.running("p1"));
    assertThat(journal(plan).getLast().deed()).isEqualTo(Deed.CURED);
  }

  @Test
  void aServerThatGoesAwayMeanwhileIsToldOfAndThePlanIsItsOwnAffair() throws Exception {
    twin.save("p1");
    twin.holdActs();
    Thread end =
        Thread.ofVirtual()
            .start(
                () -> {
                  await().atMost(SOON).until(() -> twin.running("p1"));
                  twin.hangUp();
                });
    Said said = there("apply", "p1", "--yes");
    end.join();
    assertThat(said.exit()).as(said.err()).isEqualTo(Exit.CANNOT_TELL);
    assertThat(said.err())
        .contains(
            "does not answer any more",
            "goes on with plan p1 by itself",
            "holter remedy show p1 --server " + twin.url());
    assertThat(twin.running("p1")).isTrue();
    twin.let();
    await().atMost(SOON).until(() -> !twin.running("p1"));
  }

  @Test
  void whetherItIsBegunIsNotKnownWhenNoAnswerComes() throws Exception {
    Plan plan = twin.save("p1");
    twin.holdBegin();
    Said said = there("apply", "p1", "--yes", "--timeout", "3s");
    assertThat(said.exit()).as(said.err()).isEqualTo(Exit.CANNOT_TELL);
    assertThat(said.err())
        .hasLineCount(1)
        .contains("whether plan p1 is begun is not known", "no answer in 3000 ms", "remedy show");
    twin.let(); // and it was
    await().atMost(SOON).until(() -> journal(plan).stream().anyMatch(e -> e.deed() == Deed.CURED));
    await().atMost(SOON).until(() -> !twin.running("p1"));
  }
}
