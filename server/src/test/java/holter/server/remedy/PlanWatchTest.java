package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.View;
import holter.remedy.Act;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.remedy.Step;
import holter.server.Samples;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanWatchTest {
  private static final String INCIDENT = Samples.saturatedHost().id();

  @TempDir Path dir;

  private final List<Incident.Event> timeline = new ArrayList<>();
  private final List<Sentence> noted = new ArrayList<>();
  private final List<PlanWatch.Event> events = new ArrayList<>();
  private final Plan plan = plan();
  private boolean leads = true;
  private PlanFolder folder;
  private PlanWatch watch;

  @BeforeEach
  void begin() throws IOException {
    folder = new PlanFolder(dir);
    folder.save(plan);
    watch =
        new PlanWatch(
            folder, new PlanWatch.Around(this::view, () -> leads, this::note, events::add));
  }

  private static Plan plan() {
    var move = new Act.MoveLeader("HeartBeat", 4, List.of(1, 2), List.of(2, 1));
    Sentence words = Sentence.quote("x");
    long now = System.currentTimeMillis();
    return new Plan(
        "p1",
        "k:9092",
        "HeartBeat",
        Set.of(1),
        List.of(new Step(1, move, words, words, 1_000)),
        List.of(),
        List.of(),
        List.of(),
        now,
        now + 60_000);
  }

  private void note(Input input) {
    var line = (Input.Noted) input;
    assertThat(line.incidentId()).isEqualTo(INCIDENT);
    noted.add(line.what());
  }

  private View view() {
    Incident i = Samples.saturatedHost();
    Incident open =
        new Incident(
            i.id(),
            i.openedAtMs(),
            -1,
            i.subject(),
            i.diagnosis(),
            timeline,
            i.evidence(),
            i.held(),
            i.restarted());
    return new View(
        1,
        leads,
        false,
        List.of(),
        List.of(),
        null,
        List.of(open),
        new View.Counters(0, 0, 0, 0, 0));
  }

  private void inTimeline(Sentence line) {
    timeline.add(new Incident.Event(1, line));
  }

  private void suggested() {
    inTimeline(Sentence.of(PlanWords.SUGGESTED, plan.id(), 1, plan.about(), "holter remedy apply"));
  }

  private void write(Deed deed, int step, String detail) throws IOException {
    folder.journal(plan).add(new JournalEntry(2, deed, step, detail));
  }

  private Sentence words(int line) throws IOException {
    return JournalWords.of(plan, folder.journal(plan).entries().get(line)).orElseThrow();
  }

  private void carriedOutBy(String who) throws IOException {
    write(Deed.CONSENTED, 0, plan.hash() + " " + who);
    write(Deed.INTENDED, 1, "");
    write(Deed.DONE, 1, "");
  }

  @Test
  void theIncidentIsToldOnceWhoeverAppliesItsPlan() throws IOException {
    watch.look();
    suggested();
    carriedOutBy("by ops");
    watch.look();
    watch.look();
    assertThat(noted).containsExactly(words(0), words(2));
    assertThat(events).extracting(PlanWatch.Event::what).containsExactlyElementsOf(noted);
    assertThat(events).extracting(PlanWatch.Event::incident).containsOnly(INCIDENT);
  }

  @Test
  void whatIsDoneBeforeTheTimelineNamesThePlanIsToldThen() throws IOException {
    watch.look();
    carriedOutBy("by ops");
    watch.look();
    assertThat(noted).isEmpty();
    suggested();
    watch.look();
    assertThat(noted).containsExactly(words(0), words(2));
  }

  @Test
  void whoeverTellsInWordsOfItsOwnIsNotToldTwice() throws IOException {
    watch.look();
    inTimeline(Sentence.of(PlanWords.APPLYING, plan.id(), 1, plan.about()));
    try (var _ = watch.inOwnWords(plan)) {
      write(Deed.CONSENTED, 0, plan.hash() + " standing");
      watch.look();
      write(Deed.INTENDED, 1, "");
      write(Deed.DONE, 1, "");
    }
    watch.look();
    assertThat(noted).isEmpty();
    assertThat(events).hasSize(2);
    write(Deed.UNDO_WANTED, 0, "asked for");
    watch.look();
    assertThat(noted).containsExactly(words(3));
  }

  @Test
  void afterARestartTheTimelineGetsWhatItDoesNotHave() throws IOException {
    suggested();
    carriedOutBy("by ops");
    inTimeline(words(0));
    watch.look();
    watch.look();
    assertThat(noted).containsExactly(words(2));
    assertThat(events).isEmpty();
  }

  @Test
  void afterARestartWhatWasToldInOtherWordsIsNotToldAgain() throws IOException {
    inTimeline(Sentence.of(PlanWords.APPLYING, plan.id(), 1, plan.about()));
    carriedOutBy("standing");
    watch.look();
    assertThat(noted).isEmpty();
    write(Deed.CURED, 0, "well");
    watch.look();
    assertThat(noted).containsExactly(words(3));
  }

  @Test
  void aReplicaThatDoesNotLeadTellsNoIncident() throws IOException {
    watch.look();
    suggested();
    leads = false;
    carriedOutBy("by ops");
    watch.look();
    assertThat(noted).isEmpty();
    assertThat(events).hasSize(2);
  }

  @Test
  void aPlanThatCannotBeReadHidesNoOther() throws IOException {
    Files.writeString(dir.resolve("p0.plan.json"), "{");
    watch.look();
    suggested();
    carriedOutBy("by ops");
    watch.look();
    assertThat(noted).hasSize(2);
  }
}
