package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holter.channel.PathState;
import holter.channel.Sickness;
import holter.engine.View;
import holter.remedy.Act;
import holter.remedy.Earned;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Sight;
import holter.remedy.Step;
import holter.server.port.Hand;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration consents to beforehand. */
@Timeout(60)
final class StandingConsentTest {
  /** Each look at the clock: whoever watches long need not wait long. */
  private static final long TICK_MS = 10_000;

  @TempDir Path dir;

  private final Nodes nodes = new Nodes();
  private final AtomicLong clock = new AtomicLong();
  private final AtomicLong wall = new AtomicLong(System.currentTimeMillis());
  private volatile PathState path = new PathState.Healthy(1);
  private volatile boolean leads = true;
  private int made;
  private PlanFolder folder;
  private RemedyDesk desk;
  private StandingConsent standing;

  /** Opens and closes nodes as it is told. */
  private static final class Nodes implements Hand {
    private final Set<String> open = new HashSet<>();

    @Override
    public synchronized Map<Act, Looked> look(List<Act> acts) {
      var all = new LinkedHashMap<Act, Looked>();
      for (Act act : acts) {
        boolean wanted = act instanceof KubeAct.Uncordon;
        boolean is = open.contains(act.target());
        all.put(act, new Looked(is == wanted ? Sight.AFTER : Sight.BEFORE, ""));
      }
      return all;
    }

    @Override
    public synchronized Map<Act, Looked> act(List<Act> acts, Duration deadline) {
      for (Act act : acts) {
        if (act instanceof KubeAct.Uncordon) {
          open.add(act.target());
        } else {
          open.remove(act.target());
        }
      }
      return look(acts);
    }

    synchronized boolean open(String target) {
      return open.contains(target);
    }
  }

  @BeforeEach
  void begin() {
    folder = new PlanFolder(dir);
    var around =
        new RemedyDesk.Around(
            this::view, () -> leads, () -> clock.addAndGet(TICK_MS), Duration.ofSeconds(3));
    desk = new RemedyDesk(folder, _ -> new Tools(nodes), around);
    standing = anew(Set.of(Earned.Kind.UNCORDON));
  }

  @AfterEach
  void end() {
    desk.close();
  }

  private record Tools(Hand hand) implements RemedyDesk.Tools {
    @Override
    public Promises.Measures measures(Instant since) {
      return new Promises.Measures(_ -> Double.NaN, _ -> Optional.empty(), () -> Set::of, () -> 0);
    }

    @Override
    public void close() {}
  }

  private StandingConsent anew(Set<Earned.Kind> named) {
    return new StandingConsent(named, folder, desk, wall::get);
  }

  private View view() {
    var seen = new View.Partition(0, 1, "n1", path, 1, 1, 1);
    var nothing = new View.Counters(0, 0, 0, 0, 0);
    return new View(1, leads, false, List.of(), List.of(seen), null, List.of(), nothing);
  }

  private Plan plan() throws IOException {
    made++;
    Sentence words = Sentence.quote("x");
    var act = new KubeAct.Uncordon("n" + made, "uid" + made);
    long now = System.currentTimeMillis();
    Plan plan =
        new Plan(
            "p" + made,
            "k:9092",
            "HeartBeat",
            Set.of(),
            List.of(new Step(1, act, words, words, 1_000)),
            List.of(),
            List.of(),
            List.of(),
            now,
            now + 60_000);
    folder.save(plan);
    return plan;
  }

  private void ended(Plan plan, PlanState state) {
    await()
        .until(
            () -> {
              var shown = desk.find(plan.id()).orElseThrow();
              return !shown.running() && shown.state() == state;
            });
  }

  private void earn() throws Exception {
    for (int n = 0; n < Earned.PLANS; n++) {
      Plan plan = plan();
      assertThat(said(standing.begin(plan)))
          .isEqualTo(
              "plan %s is not begun unasked: of the plans with uncordon, %d in a row helped, and 3"
                      .formatted(plan.id(), n)
                  + " must have");
      assertThat(folder.journal(plan).entries()).isEmpty();
      desk.apply(plan, plan.hash(), "by the test");
      ended(plan, PlanState.CURED);
    }
  }

  private static String said(Optional<Sentence> why) {
    return why.map(Sentence::english).orElse("it was begun");
  }

  private void halfAnHourPasses() {
    wall.addAndGet(Earned.COOL_DOWN_MS + 60_000);
  }

  @Test
  void whatHasHelpedThreeTimesByConsentIsDoneUnasked() throws Exception {
    earn();
    Plan plan = plan();
    assertThat(standing.begin(plan)).isEmpty();
    ended(plan, PlanState.CURED);
    assertThat(nodes.open("node/n4")).isTrue();
    assertThat(folder.journal(plan).entries().getFirst().detail())
        .isEqualTo(plan.hash() + " standing, by remedies.kubernetes: auto");
  }

  @Test
  void theNextOneWaitsForHalfAnHour() throws Exception {
    earn();
    Plan first = plan();
    assertThat(standing.begin(first)).isEmpty();
    ended(first, PlanState.CURED);
    Plan second = plan();
    assertThat(said(standing.begin(second))).endsWith("another was, less than 30 minutes ago");
    assertThat(said(anew(Set.of(Earned.Kind.UNCORDON)).begin(second)))
        .as("a restart does not shorten it")
        .endsWith("another was, less than 30 minutes ago");
    halfAnHourPasses();
    assertThat(standing.begin(second)).isEmpty();
    ended(second, PlanState.CURED);
  }

  @Test
  void afterOneThatDidNotHelpItIsTakenBackAndNoneIsBegun() throws Exception {
    earn();
    path = new PathState.Sick(Sickness.HANG, 1, 1);
    Plan first = plan();
    assertThat(standing.begin(first)).isEmpty();
    ended(first, PlanState.UNDONE);
    assertThat(nodes.open("node/n4")).isFalse();
    halfAnHourPasses();
    assertThat(said(standing.begin(plan())))
        .contains(
            "of the plans with uncordon, 0 in a row helped, and 3 must have",
            "plan p4 was, and did not help; not again until Holter is started anew");
  }

  @Test
  void aKindThatIsNotNamedIsNotDone() throws Exception {
    earn();
    assertThat(said(anew(Set.of(Earned.Kind.EVICT)).begin(plan())))
        .endsWith("uncordon is not among remedies.autoKinds");
  }

  @Test
  void theKillSwitchAndWhoDoesNotLeadHinderIt() throws Exception {
    earn();
    Plan plan = plan();
    Path stop = Files.createFile(dir.resolve("stop"));
    assertThat(said(standing.begin(plan))).contains("\"stop\"");
    Files.delete(stop);
    leads = false;
    assertThat(said(standing.begin(plan))).contains("not lead");
    assertThat(folder.journal(plan).entries()).isEmpty();
    leads = true;
    assertThat(standing.begin(plan)).as("a refusal is no failure").isEmpty();
    ended(plan, PlanState.CURED);
  }

  @Test
  void aJournalThatWasChangedEndsIt() throws Exception {
    earn();
    Path journal = dir.resolve("p1.journal");
    Files.writeString(journal, Files.readString(journal).replace("by the test", "by nobody"));
    Plan plan = plan();
    assertThat(said(standing.begin(plan))).contains("p1.journal");
    assertThat(folder.journal(plan).entries())
        .extracting(JournalEntry::deed)
        .doesNotContain(Deed.CONSENTED);
  }
}
