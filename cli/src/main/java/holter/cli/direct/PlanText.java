package holter.cli.direct;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.cli.Terminal;
import holter.remedy.JournalEntry;
import holter.remedy.Plan;
import holter.remedy.Relief;
import holter.remedy.Step;
import holter.server.json.CoreJson;
import holter.server.text.Tongue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A plan for people, and as data. */
final class PlanText {
  private PlanText() {}

  static String of(Plan plan, Terminal terminal) {
    Tongue tongue = terminal.chinese() ? Tongue.ZH : Tongue.EN;
    var text = new StringBuilder();
    if (!plan.steps().isEmpty()) {
      text.append(
          "PLAN       %s  hash %s  valid until %s%n"
              .formatted(plan.id(), plan.hash(), at(plan.expiresAtWallMs())));
    }
    String label = "STEPS";
    for (Step step : plan.steps()) {
      text.append(
          "%-11s%2d %s: %s%n"
              .formatted(label, step.number(), step.act().target(), tongue.say(step.effect())));
      text.append("              ").append(tongue.say(step.why())).append('\n');
      label = "";
    }
    lines(text, "COST", plan.costs().stream().map(tongue::say).toList());
    lines(text, "PROOF", plan.reliefs().stream().map(Relief::promise).map(tongue::say).toList());
    lines(text, "REFUSED", plan.refused().stream().map(tongue::say).toList());
    return text.toString().stripTrailing();
  }

  /** The plan, and what was done about it. */
  static String of(Plan plan, List<JournalEntry> entries, Terminal terminal) {
    var text = new StringBuilder(of(plan, terminal)).append('\n');
    lines(
        text,
        "JOURNAL",
        entries.stream()
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
