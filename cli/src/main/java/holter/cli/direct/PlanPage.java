package holter.cli.direct;

import holter.remedy.JournalEntry;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Relief;
import holter.server.text.Tongue;
import java.util.List;

/**
 * What is shown of a plan, wherever it lies, in the reader's language.
 *
 * @param steps in the order of their doing
 * @param costs what they cost even if all goes well
 * @param proof what is measured afterwards, beside the paths
 * @param refused what was not planned, with the reason
 */
record PlanPage(
    String id,
    String hash,
    long expiresAtWallMs,
    List<Row> steps,
    List<String> costs,
    List<String> proof,
    List<String> refused) {

  /**
   * A step.
   *
   * @param onKubernetes whether it is done there; else it moves a leader
   * @param undoable whether something takes it back
   */
  record Row(
      int number,
      String target,
      String effect,
      String why,
      boolean onKubernetes,
      boolean undoable) {}

  /** A line of the journal; {@code step} is 0 for the plan as a whole. */
  record Noted(long wallMs, String deed, int step, String detail) {
    static Noted of(JournalEntry entry) {
      return new Noted(entry.wallMs(), entry.deed().name(), entry.step(), entry.detail());
    }

    /** As it is told while a plan is carried out. */
    String line() {
      String which = step == 0 ? "" : " " + step;
      return "%s %s%s  %s".formatted(PlanText.at(wallMs), deed, which, detail);
    }
  }

  PlanPage {
    steps = List.copyOf(steps);
    costs = List.copyOf(costs);
    proof = List.copyOf(proof);
    refused = List.copyOf(refused);
  }

  static PlanPage of(Plan plan, Tongue tongue) {
    return new PlanPage(
        plan.id(),
        plan.hash(),
        plan.expiresAtWallMs(),
        plan.steps().stream()
            .map(
                step ->
                    new Row(
                        step.number(),
                        step.act().target(),
                        tongue.say(step.effect()),
                        tongue.say(step.why()),
                        step.act() instanceof KubeAct,
                        step.act().inverse().isPresent()))
            .toList(),
        plan.costs().stream().map(tongue::say).toList(),
        plan.reliefs().stream().map(Relief::promise).map(tongue::say).toList(),
        plan.refused().stream().map(tongue::say).toList());
  }

  /** Of its steps, those that Kubernetes is asked for. */
  long onKubernetes() {
    return steps.stream().filter(Row::onKubernetes).count();
  }

  /** Steps that nothing takes back. */
  long irreversible() {
    return steps.stream().filter(step -> !step.undoable()).count();
  }
}
