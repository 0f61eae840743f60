package holter.cli.direct;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.cli.Terminal;
import holter.remedy.JournalEntry;
import holter.remedy.Plan;
import holter.server.json.CoreJson;
import holter.server.text.Tongue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A plan for people, and as data. */
final class PlanText {
  private PlanText() {}

  static String of(Plan plan, Terminal terminal) {
    return of(page(plan, terminal));
  }

  static PlanPage page(Plan plan, Terminal terminal) {
    return PlanPage.of(plan, terminal.chinese() ? Tongue.ZH : Tongue.EN);
  }

  static String of(PlanPage plan) {
    var text = new StringBuilder();
    if (!plan.steps().isEmpty()) {
      text.append(
          "PLAN       %s  hash %s  valid until %s%n"
              .formatted(plan.id(), plan.hash(), at(plan.expiresAtWallMs())));
    }
    String label = "STEPS";
    for (PlanPage.Row step : plan.steps()) {
      text.append(
          "%-11s%2d %s: %s%n".formatted(label, step.number(), step.target(), step.effect()));
      text.append("              ").append(step.why()).append('\n');
      label = "";
    }
    lines(text, "COST", plan.costs());
    lines(text, "PROOF", plan.proof());
    lines(text, "REFUSED", plan.refused());
    return text.toString().stripTrailing();
  }

  /** The plan, and what was done about it. */
  static String of(PlanPage plan, List<PlanPage.Noted> journal) {
    var text = new StringBuilder(of(plan)).append('\n');
    lines(
        text,
        "JOURNAL",
        journal.stream()
            .map(
                e ->
                    "%s  %s%s%s"
                        .formatted(
                            at(e.wallMs()),
                            e.deed(),
                            e.step() == 0 ? "" : " " + e.step(),
                            e.detail().isEmpty() ? "" : "  " + e.detail()))
            .toList());
    return text.toString().stripTrailing();
  }

  private static void lines(StringBuilder text, String label, List<String> lines) {
    String now = label;
    for (String line : lines) {
      text.append("%-11s%s%n".formatted(now, line));
      now = "";
    }
  }

  static String at(long wallMs) {
    return Instant.ofEpochMilli(wallMs).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static Object data(Plan plan, List<JournalEntry> entries) {
    ObjectNode node = CoreJson.mapper().createObjectNode();
    node.put("apiVersion", "holter/v1").put("kind", "Plan").put("hash", plan.hash());
    node.set("plan", CoreJson.mapper().valueToTree(plan));
    node.set("journal", CoreJson.mapper().valueToTree(entries));
    return node;
  }
}
