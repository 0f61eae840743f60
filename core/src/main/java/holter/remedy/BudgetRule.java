package holter.remedy;

import holter.remedy.KubeWorld.Budget;
import holter.remedy.KubeWorld.Pod;
import holter.words.Sentence;
import java.util.List;
import java.util.Optional;

/** Whether the disruption budgets let a pod leave now, counted by ourselves. */
final class BudgetRule {
  private BudgetRule() {}

  /** Why it must stay; empty when nothing of theirs keeps it. What was not read keeps it. */
  static Optional<Sentence> forbids(KubeWorld world, Pod pod) {
    if (!world.budgetsRead()) {
      return Optional.of(Sentence.of(KubeWords.BUDGETS_UNREAD));
    }
    List<Budget> over =
        world.budgets().stream().filter(budget -> budget.pods().contains(pod.uid())).toList();
    if (over.size() > 1) {
      return Optional.of(Sentence.of(KubeWords.BUDGETS_MANY, over.size()));
    }
    if (over.isEmpty()) {
      return Optional.empty();
    }
    Budget budget = over.getFirst();
    String name = budget.namespace() + "/" + budget.name();
    if (!budget.settled()) {
      return Optional.of(Sentence.of(KubeWords.BUDGET_BUSY, name));
    }
    return budget.allowed() < 1
        ? Optional.of(Sentence.of(KubeWords.BUDGET_ZERO, name))
        : Optional.empty();
  }
}
