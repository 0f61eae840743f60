package holter.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.Earned.Kind;
import holter.remedy.Earned.Past;
import holter.remedy.JournalEntry.Deed;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EarnedTest {
  private static final Act OPEN = new KubeAct.Uncordon("n1", "u1");
  private static final Act LEAVE = new KubeAct.Evict("iot", "recv-1", "u2", "iot/recv", "n2", "n1");
  private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

  private static Plan plan(long madeAt, Act... acts) {
    var steps = new ArrayList<Step>();
    Sentence words = Sentence.quote("x");
    for (Act act : acts) steps.add(new Step(steps.size() + 1, act, words, words, 5_000));
    return new Plan(
        "p" + madeAt, "k", "HeartBeat", Set.of(), steps, List.of(), List.of(), madeAt, madeAt + 1);
  }

  private static Past past(Plan plan, Deed ofSteps, Deed end) {
    var journal = new ArrayList<JournalEntry>();
    journal.add(new JournalEntry(1, Deed.CONSENTED, 0, plan.hash() + " by ops"));
    for (Step step : plan.steps()) journal.add(new JournalEntry(2, ofSteps, step.number(), ""));
    journal.add(new JournalEntry(3, end, 0, ""));
    return new Past(plan, journal);
  }

  private static List<Past> helped(int times) {
    var all = new ArrayList<Past>();
    for (int n = 1; n <= times; n++) all.add(past(plan(n, OPEN, LEAVE), Deed.DONE, Deed.CURED));
    return all;
  }

  private static List<String> missing(List<Past> all, Set<Kind> named, Act... acts) {
    return Earned.missing(plan(1_000, acts), named, all).stream().map(Sentence::english).toList();
  }

  @Test
  void nobodyIsAskedOnceEveryKindHasHelpedThreeTimesInARow() {
    assertThat(missing(helped(Earned.PLANS), ALL, OPEN, LEAVE)).isEmpty();
    assertThat(missing(helped(Earned.PLANS - 1), ALL, OPEN, LEAVE))
        .containsExactly(
            "of the plans with uncordon, 2 in a row helped, and 3 must have",
            "of the plans with evict, 2 in a row helped, and 3 must have");
  }

  @Test
  void aKindThatIsNotNamedIsNeverDoneUnasked() {
    assertThat(missing(helped(9), Set.of(Kind.UNCORDON), OPEN, LEAVE))
        .containsExactly("evict is not among remedies.autoKinds");
  }

  @Test
  void onePlanThatDidNotHelpTakesItAway() {
    List<Past> all = helped(5);
    all.add(past(plan(6, LEAVE), Deed.DONE, Deed.UNDO_WANTED));
    assertThat(missing(all, ALL, LEAVE)).hasSize(1);
    assertThat(missing(all, ALL, OPEN)).as("the plan that failed opened nothing").isEmpty();
    all.add(past(plan(7, LEAVE), Deed.DONE, Deed.CURED));
    assertThat(Earned.inARow(Kind.EVICT, all)).isEqualTo(1);
  }

  @Test
  void whatWasFoundDoneOrIsNotEndedProvesNothing() {
    List<Past> all = helped(2);
    all.add(past(plan(3, OPEN), Deed.FOUND, Deed.CURED));
    all.add(past(plan(4, OPEN), Deed.DONE, Deed.DONE));
    all.add(new Past(plan(5, OPEN), List.of()));
    assertThat(Earned.inARow(Kind.UNCORDON, all)).isEqualTo(2);
  }

  @Test
  void theOrderInWhichPlansAreReadDoesNotMatter() {
    List<Past> all = helped(4);
    all.add(past(plan(0, OPEN), Deed.FAILED, Deed.FAILED));
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(all, new Random(seed));
      assertThat(Earned.inARow(Kind.UNCORDON, all)).isEqualTo(4);
    }
  }

  @Test
  void leadersAreNoneOfItsKinds() {
    var move = new Act.MoveLeader("HeartBeat", 4, List.of(1, 2), List.of(2, 1));
    assertThat(missing(helped(9), ALL, move)).hasSize(1).first().asString().contains("never");
  }
}
