package holter.cli.direct;

import com.fasterxml.jackson.databind.JsonNode;
import holter.cli.direct.PlanPage.Noted;
import holter.remedy.Execution;
import holter.remedy.PlanWords;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A plan that lies with a server, as that told it.
 *
 * @param answer what the server told
 * @param state how far it has come, in the API's words
 * @param running whether the server carries it out now
 */
record ServedPlan(
    JsonNode answer, PlanPage page, String state, boolean running, List<Noted> journal) {
  private static final String LEADER = "move-leader ";

  ServedPlan {
    journal = List.copyOf(journal);
  }

  static ServedPlan of(JsonNode answer) {
    JsonNode line = answer.path("plan");
    var page =
        new PlanPage(
            line.path("id").asText(),
            line.path("hash").asText(),
            line.path("expiresAtMs").asLong(),
            each(answer.path("steps")).map(ServedPlan::row).toList(),
            each(answer.path("costs")).map(ServedPlan::text).toList(),
            each(answer.path("proof")).map(ServedPlan::text).toList(),
            each(answer.path("refused")).map(ServedPlan::text).toList());
    return new ServedPlan(
        answer,
        page,
        line.path("state").asText(),
        line.path("running").asBoolean(),
        each(answer.path("journal")).map(ServedPlan::noted).toList());
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static PlanPage.Row row(JsonNode step) {
    return new PlanPage.Row(
        step.path("number").asInt(),
        step.path("target").asText(),
        text(step.path("effect")),
        text(step.path("why")),
        !step.path("act").asText().startsWith(LEADER),
        step.path("undo").isTextual());
  }

  private static Noted noted(JsonNode entry) {
    return new Noted(
        entry.path("atMs").asLong(),
        entry.path("deed").asText().toUpperCase(Locale.ROOT),
        entry.path("step").asInt(),
        entry.path("detail").asText());
  }

  private static String text(JsonNode sentence) {
    return sentence.path("text").asText();
  }

  /** Whether somebody has consented already. */
  boolean consented() {
    return journal.stream().anyMatch(noted -> noted.deed().equals("CONSENTED"));
  }

  /** How it ended, in the words of a plan that is carried out here; empty while it has not. */
  Optional<Sentence> end() {
    return switch (state) {
      case "cured" -> Optional.of(Sentence.of(PlanWords.CURED));
      case "unproved" -> Optional.of(Sentence.of(PlanWords.NOT_MEASURED));
      case "undone" -> Optional.of(undone());
      case "stuck" -> Optional.of(Sentence.of(PlanWords.UNDO_FAILED));
      case "failed" -> Optional.of(failure());
      default -> Optional.empty();
    };
  }

  private Sentence undone() {
    List<String> forGood =
        page.steps().stream()
            .filter(step -> !step.undoable() && done(step.number()))
            .map(PlanPage.Row::target)
            .toList();
    return Execution.undone(forGood);
  }

  private boolean done(int step) {
    return journal.stream().anyMatch(n -> n.deed().equals("DONE") && n.step() == step);
  }

  /** Leaders are moved each for itself; what is done on Kubernetes needs the step before it. */
  private Sentence failure() {
    var needed = new ArrayList<Integer>();
    page.steps().stream().filter(PlanPage.Row::onKubernetes).forEach(s -> needed.add(s.number()));
    return journal.stream()
        .filter(noted -> noted.deed().equals("FAILED") && needed.contains(noted.step()))
        .findFirst()
        .map(noted -> Sentence.of(PlanWords.FAILED, noted.step()))
        .orElseGet(() -> Sentence.of(PlanWords.NOTHING_DONE));
  }

  /** How long it may take by its own deadlines, there and back; milliseconds. */
  long boundMs() {
    long together = 0;
    long oneByOne = 0;
    for (JsonNode step : answer.path("steps")) {
      long deadlineMs = step.path("deadlineMs").asLong();
      if (step.path("act").asText().startsWith(LEADER)) {
        together = Math.max(together, deadlineMs);
      } else {
        oneByOne += deadlineMs;
      }
    }
    return 2 * (together + oneByOne);
  }
}
