package holter.remedy;

import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;

/**
 * What a planner came to.
 *
 * @param costs what the steps cost even if all goes well
 * @param refused what was not planned, with the reason; or what to run by hand
 * @param reliefs what the steps promise of crowded hosts
 */
public record Proposal(
    List<Step> steps, List<Sentence> costs, List<Sentence> refused, List<Relief> reliefs) {
  public Proposal {
    steps = List.copyOf(steps);
    costs = List.copyOf(costs);
    refused = List.copyOf(refused);
    reliefs = List.copyOf(reliefs);
  }

  /** One that promises nothing of any host. */
  public Proposal(List<Step> steps, List<Sentence> costs, List<Sentence> refused) {
    this(steps, costs, refused, List.of());
  }

  /** These steps, then those of the other, numbered anew. */
  public Proposal then(Proposal later) {
    var all = new ArrayList<>(steps);
    for (Step step : later.steps) {
      all.add(new Step(all.size() + 1, step.act(), step.why(), step.effect(), step.deadlineMs()));
    }
    return new Proposal(
        all,
        joined(costs, later.costs),
        joined(refused, later.refused),
        joined(reliefs, later.reliefs));
  }

  private static <T> List<T> joined(List<T> one, List<T> two) {
    var all = new ArrayList<>(one);
    all.addAll(two);
    return all;
  }
}
