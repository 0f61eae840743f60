package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holter.channel.PathState;
import holter.engine.View;
import holter.remedy.Act;
import holter.remedy.Earned;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.remedy.Sight;
import holter.remedy.Step;
import holter.server.port.Hand;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done unasked, with a cluster that does at once what it is told. */
final class StandingConsentTest {
  @TempDir Path dir;

  private final Set<Act> done = ConcurrentHashMap.newKeySet();
  private final AtomicLong clock = new AtomicLong();
  private PlanFolder folder;
  private RemedyDesk desk;
  private StandingConsent consent;
  private int made;

  @BeforeEach
  void open() {
    folder = new PlanFolder(dir);
    var around =
        new RemedyDesk.Around(
            StandingConsentTest::well,
            () -> true,
            () -> clock.addAndGet(1_000),
            Duration.ofSeconds(3));
    desk = new RemedyDesk(folder, _ -> new Tools(), around);
    consent = new StandingConsent(Set.of(Earned.Kind.UNCORDON), folder, desk, clock::get);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  /** A leading replica that finds its one path well. */
  private static View well() {
    var path = new View.Partition(0, 1, "n1", new PathState.Healthy(1), 1, 1, 1);
    return new View(
        1,
        true,
        false,
        List.of(),
        List.of(path),
        null,
        List.of(),
        new View.Counters(0, 0, 0, 0, 0));
  }

  private final class Tools implements RemedyDesk.Tools, Hand {
    @Override
    public Hand hand() {
      return this;
    }

    @Override
    public Map<Act, Looked> look(List<Act> acts) {
      var all = new LinkedHashMap<Act, Looked>();
      acts.forEach(a -> all.put(a, new Looked(done.contains(a) ? Sight.AFTER : Sight.BEFORE, "")));
      return all;
    }

    @Override
    public Map<Act, Looked> act(List<Act> acts, Duration deadline) {
      done.addAll(acts);
      return look(acts);
    }

    @Override
    public void close() {}
  }

  private Plan plan(String node) throws IOException {
    Sentence words = Sentence.quote("x");
    var act = new KubeAct.Uncordon(node, "uid-" + node);
    long now = System.currentTimeMillis();
    var plan =
        new Plan(
            "p" + made,
            "k:9092",
            "HeartBeat",
            Set.of(),
            List.of(new Step(1, act, words, words, 1_000)),
            List.of(),
            List.of(),
            now + made++,
            now + 60_000);
    folder.save(plan);
    return plan;
  }

  private void helped(int times) throws IOException {
    for (int n = 0; n < times; n++) {
      Plan plan = plan("old-" + n);
      Journal journal = folder.journal(plan);
      journal.add(new JournalEntry(1, Deed.CONSENTED, 0, plan.hash() + " by ops"));
      journal.add(new JournalEntry(2, Deed.INTENDED, 1, ""));
      journal.add(new JournalEntry(3, Deed.DONE, 1, ""));
      journal.add(new JournalEntry(4, Deed.CURED, 0, "well"));
    }
  }

  private List<Deed> deeds(Plan plan) throws IOException {
    return new ArrayList<>(
        folder.journal(plan).entries().stream().map(JournalEntry::deed).toList());
  }

  @Test
  void whatIsNotEarnedIsSaidAndNothingIsDone() throws Exception {
    helped(Earned.PLANS - 1);
    Plan plan = plan("iota-m2");
    Sentence why = consent.begin(plan).orElseThrow();
    assertThat(why.phrase()).isEqualTo(PlanWords.STANDING_NOT_ENOUGH);
    assertThat(why.english()).contains("uncordon", "2 in a row helped, and 3 must have");
    assertThat(deeds(plan)).isEmpty();
    assertThat(done).isEmpty();
  }

  @Test
  void whatIsEarnedIsDoneAndProvedAndTheJournalSaysByWhatWord() throws Exception {
    helped(Earned.PLANS);
    Plan plan = plan("iota-m2");
    assertThat(consent.begin(plan)).isEmpty();
    await().until(() -> deeds(plan).contains(Deed.CURED));
    assertThat(deeds(plan)).containsExactly(Deed.CONSENTED, Deed.INTENDED, Deed.DONE, Deed.CURED);
    assertThat(folder.journal(plan).entries().getFirst().detail())
        .isEqualTo(plan.hash() + " standing, by remedies.kubernetes: auto");
  }

  @Test
  void theNextOneIsAskedAboutForHalfAnHour() throws Exception {
    helped(Earned.PLANS);
    Plan first = plan("iota-m2");
    assertThat(consent.begin(first)).isEmpty();
    await().until(() -> deeds(first).contains(Deed.CURED));
    Plan second = plan("iota-m3");
    assertThat(consent.begin(second).orElseThrow().english()).contains("less than 30 minutes ago");
    assertThat(deeds(second)).isEmpty();
    clock.addAndGet(Duration.ofMinutes(30).toMillis());
    assertThat(consent.begin(second)).isEmpty();
    await().until(() -> deeds(second).contains(Deed.CURED));
  }

  @Test
  void theKillSwitchHoldsForItToo() throws Exception {
    helped(Earned.PLANS);
    Files.createFile(dir.resolve("stop"));
    Plan plan = plan("iota-m2");
    assertThat(consent.begin(plan).orElseThrow().english()).contains("a file \"stop\" lies in");
    assertThat(deeds(plan)).isEmpty();
  }
}
