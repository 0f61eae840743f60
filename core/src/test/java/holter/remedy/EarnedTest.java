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
  private static final Act MOVE = new Act.MoveLeader("HeartBeat", 4, List.of(1, 2), List.of(2, 1));
  private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

  private static Plan plan(long madeAt, Act... acts) {
    var steps = new ArrayList<Step>();
    Sentence words = Sentence.quote("x");
    for (Act act : acts) steps.add(new Step(steps.size() + 1, act, words, words, 5_000));
    return new Plan(
        "p" + madeAt,
        "k",
        "HeartBeat",
        Set.of(),
        steps,
        List.of(),
        List.of(),
        List.of(),
        madeAt,
        madeAt + 1);
  }

  private static Past past(Plan plan, Deed ofSteps, Deed... ends) {
    return past(plan, "by ops", ofSteps, ends);
  }

  /** All of it at the time when the plan was made. */
  private static Past past(Plan plan, String who, Deed ofSteps, Deed... ends) {
    long at = plan.madeAtWallMs();
    var journal = new ArrayList<JournalEntry>();
    journal.add(new JournalEntry(at, Deed.CONSENTED, 0, plan.hash() + " " + who));
    for (Step step : plan.steps()) {
      journal.add(new JournalEntry(at, Deed.INTENDED, step.number(), ""));
      journal.add(new JournalEntry(at, ofSteps, step.number(), ""));
    }
    for (Deed end : ends) journal.add(new JournalEntry(at, end, 0, ""));
    return new Past(plan, journal);
  }

  private static Past later(Past past, long wallMs, Deed deed) {
    var journal = new ArrayList<>(past.journal());
    journal.add(new JournalEntry(wallMs, deed, 0, ""));
    return new Past(past.plan(), journal);
  }

  private static List<Past> helped(int times) {
    var all = new ArrayList<Past>();
    for (int n = 1; n <= times; n++) all.add(past(plan(n, OPEN, LEAVE), Deed.DONE, Deed.CURED));
    return all;
  }

  private static List<String> missing(List<Past> all, Set<Kind> named, Act... acts) {
    return missing(all, named, 1_000, acts);
  }

  private static List<String> missing(List<Past> all, Set<Kind> named, long now, Act... acts) {
    return Earned.missing(plan(1_000, acts), named, all, now).stream()
        .map(Sentence::english)
        .toList();
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
  void whatWasFoundDoneOrNeverBegunProvesNothing() {
    List<Past> all = helped(2);
    all.add(past(plan(3, OPEN), Deed.FOUND, Deed.CURED));
    all.add(new Past(plan(4, OPEN), List.of()));
    Plan consented = plan(5, OPEN);
    var consent = new JournalEntry(5, Deed.CONSENTED, 0, consented.hash() + " by ops");
    all.add(new Past(consented, List.of(consent)));
    assertThat(Earned.inARow(Kind.UNCORDON, all)).isEqualTo(2);
  }

  @Test
  void whatWasBegunAndHasNoEndTakesItAwayUntilItHelps() {
    List<Past> all = helped(3);
    Past begun = past(plan(4, OPEN), Deed.DONE);
    all.add(begun);
    assertThat(Earned.inARow(Kind.UNCORDON, all)).isZero();
    assertThat(Earned.inARow(Kind.EVICT, all)).isEqualTo(3);
    all.set(3, later(begun, 9, Deed.CURED));
    assertThat(Earned.inARow(Kind.UNCORDON, all)).isEqualTo(4);
  }

  @Test
  void whatHelpedAndIsTakenBackLaterCountsFromThenOn() {
    List<Past> all = helped(3);
    all.set(0, later(all.getFirst(), 9, Deed.UNDO_WANTED));
    assertThat(Earned.inARow(Kind.UNCORDON, all)).as("taken back after all others").isZero();
    all.add(past(plan(10, OPEN), Deed.DONE, Deed.CURED));
    assertThat(Earned.inARow(Kind.UNCORDON, all)).isEqualTo(1);
  }

  @Test
  void aConsentToAnotherPlanProvesNothing() {
    List<Past> all = helped(3);
    all.replaceAll(p -> new Past(plan(p.plan().madeAtWallMs(), OPEN), p.journal()));
    assertThat(Earned.inARow(Kind.UNCORDON, all)).isZero();
  }

  @Test
  void aPlanWhoseRoomCouldNotBeMeasuredEarnsNothing() {
    List<Past> all = helped(3);
    all.add(past(plan(4, OPEN), Deed.DONE, Deed.UNPROVED));
    assertThat(Earned.inARow(Kind.UNCORDON, all)).isZero();
  }

  @Test
  void whatHelpedInAnotherClusterCountsForNothing() {
    var there = new ArrayList<Past>();
    var near = new ArrayList<Past>();
    for (Past past : helped(3)) {
      there.add(past(at("other:9092", past.plan()), Deed.DONE, Deed.CURED));
      near.add(past(at("other:9092,k", past.plan()), Deed.DONE, Deed.CURED));
    }
    assertThat(missing(there, ALL, OPEN)).hasSize(1).first().asString().contains("0 in a row");
    assertThat(missing(near, ALL, OPEN)).as("an address in common").isEmpty();
  }

  private static Plan at(String cluster, Plan plan) {
    long at = plan.madeAtWallMs();
    return new Plan(
        plan.id(),
        cluster,
        "HeartBeat",
        Set.of(),
        plan.steps(),
        List.of(),
        List.of(),
        List.of(),
        at,
        at + 1);
  }

  @Test
  void forHalfAnHourAfterOneThatNobodyWasAskedAboutSomebodyIs() {
    List<Past> all = helped(3);
    all.add(past(plan(4, LEAVE), Earned.STANDING + "x", Deed.DONE, Deed.CURED));
    long over = 4 + Earned.COOL_DOWN_MS;
    assertThat(missing(all, ALL, over - 1, OPEN))
        .containsExactly("another was, less than 30 minutes ago");
    assertThat(missing(all, ALL, over, OPEN)).isEmpty();
    all.add(past(plan(over, MOVE), Earned.STANDING + "x", Deed.DONE, Deed.CURED));
    assertThat(missing(all, ALL, over, OPEN)).as("leaders moved unasked").isEmpty();
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
    assertThat(missing(helped(9), ALL, MOVE)).hasSize(1).first().asString().contains("never");
  }
}
