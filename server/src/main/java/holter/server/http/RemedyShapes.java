package holter.server.http;

import holter.engine.Incident;
import holter.remedy.Act;
import holter.remedy.DoneWords;
import holter.remedy.JournalEntry;
import holter.remedy.Plan;
import holter.remedy.Relief;
import holter.remedy.Step;
import holter.server.remedy.PlanState;
import holter.server.remedy.PlanWatch;
import holter.server.remedy.RemedyDesk;
import holter.words.Sentence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API's answers about plans; openapi.yaml describes them and a test compares. */
final class RemedyShapes {
  private RemedyShapes() {}

  record Line(
      String id,
      String hash,
      String cluster,
      long madeAtMs,
      long expiresAtMs,
      List<Integer> about,
      int steps,
      String state,
      boolean running,
      @Nullable String incident) {}

  record Lines(List<Line> items) {}

  record PlannedStep(
      int number,
      String act,
      String target,
      @Nullable String undo,
      Sentence why,
      Sentence effect,
      Sentence verify,
      long deadlineMs) {}

  record JournalLine(long atMs, String deed, int step, String detail) {}

  record Remedy(
      Line plan,
      String cluster,
      String topic,
      List<PlannedStep> steps,
      List<Sentence> costs,
      List<Sentence> proof,
      List<Sentence> refused,
      List<JournalLine> journal) {}

  record Told(
      String id,
      String hash,
      String deed,
      int step,
      long atMs,
      String state,
      @Nullable String incident,
      Sentence what) {}

  static Line line(RemedyDesk.Shown shown, Map<String, Incident> incidents) {
    Plan plan = shown.plan();
    Incident incident = incidents.get(plan.id());
    return new Line(
        plan.id(),
        plan.hash(),
        plan.cluster(),
        plan.madeAtWallMs(),
        plan.expiresAtWallMs(),
        plan.about().stream().sorted().toList(),
        plan.steps().size(),
        name(shown.state()),
        shown.running(),
        incident == null ? null : incident.id());
  }

  static Remedy remedy(RemedyDesk.Shown shown, Map<String, Incident> incidents) {
    Plan plan = shown.plan();
    return new Remedy(
        line(shown, incidents),
        plan.cluster(),
        plan.topic(),
        plan.steps().stream().map(RemedyShapes::step).toList(),
        plan.costs(),
        plan.reliefs().stream().map(Relief::promise).toList(),
        plan.refused(),
        shown.entries().stream()
            .map(e -> new JournalLine(e.wallMs(), name(e.deed()), e.step(), e.detail()))
            .toList());
  }

  private static PlannedStep step(Step step) {
    return new PlannedStep(
        step.number(),
        step.act().canonical(),
        step.act().target(),
        step.act().inverse().map(Act::canonical).orElse(null),
        step.why(),
        step.effect(),
        DoneWords.of(step.act()),
        step.deadlineMs());
  }

  static Told told(PlanWatch.Event event) {
    Plan plan = event.plan();
    JournalEntry entry = event.entry();
    return new Told(
        plan.id(),
        plan.hash(),
        entry == null ? "made" : name(entry.deed()),
        entry == null ? 0 : entry.step(),
        entry == null ? plan.madeAtWallMs() : entry.wallMs(),
        name(event.state()),
        event.incident().isEmpty() ? null : event.incident(),
        event.what());
  }

  private static String name(PlanState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String name(JournalEntry.Deed deed) {
    return deed.name().toLowerCase(Locale.ROOT);
  }
}
