package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.cli.Terminal;

/** Asks whoever sits there whether a plan may be carried out, here or by a server. */
final class RemedyConsent {
  private RemedyConsent() {}

  /**
   * Shows the plan and asks.
   *
   * @param toShow what somebody types who wants to see the plan
   * @throws Refusal unless the answer is y
   */
  static void ask(PlanPage page, String toShow, Terminal terminal) {
    terminal.progress(PlanText.of(page));
    String answer =
        terminal
            .ask(question(page))
            .orElseThrow(
                () ->
                    new Refusal(
                        Exit.DENIED,
                        "nobody consented to plan " + page.id(),
                        "there is no terminal to ask",
                        toShow + ", then apply it with --yes"));
    if (!answer.strip().equalsIgnoreCase("y")) {
      throw new Refusal(
          Exit.DENIED, "plan %s is not applied".formatted(page.id()), "you did not say y", "y");
    }
  }

  /** What is asked: how much is done, and how much of it for good. */
  static String question(PlanPage page) {
    long there = page.onKubernetes();
    return "applies %d steps (%d leaders moved, %d on Kubernetes), cannot undo %d; apply? [y/N] "
        .formatted(page.steps().size(), page.steps().size() - there, there, page.irreversible());
  }

  /** That it is too late; {@code hint} is how another one is had. */
  static Refusal expired(PlanPage page, String hint) {
    return new Refusal(
        Exit.REMEDY_FAILED,
        "plan %s has expired at %s".formatted(page.id(), PlanText.at(page.expiresAtWallMs())),
        "the cluster may have moved on",
        hint);
  }

  /** Who consents, as the account is called. */
  static String who() {
    return System.getProperty("user.name", "somebody");
  }
}
