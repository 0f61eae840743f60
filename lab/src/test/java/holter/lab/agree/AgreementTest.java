package holter.lab.agree;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.agree.Account.Change;
import holter.lab.agree.Account.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What counts as agreement, and what does not. */
final class AgreementTest {
  private static final String REFUSED = "Dead(PORT_REFUSED)";

  /** Five killed workers, each found so long after its death; a sixth lives. */
  private static Account found(long afterMs, String... more) {
    var changes = new ArrayList<Change>();
    var ends = new ArrayList<End>();
    for (int n = 0; n < 5; n++) {
      var who = "dac-" + n;
      ends.add(new End(who, "killed", 1_000, 1_000));
      changes.add(new Change(who, 1_500, "Alive", "Suspect"));
      changes.add(new Change(who, 1_000 + afterMs, "Suspect", REFUSED));
      changes.add(new Change(who, 1_000 + afterMs, REFUSED, "Restarting"));
      changes.add(new Change(who, 5_000, "Restarting", "Joining"));
      changes.add(new Change(who, 8_000, "Joining", "Alive"));
      changes.add(new Change(who, 30_000, "Alive", "Suspect"));
    }
    for (var state : more) {
      changes.add(new Change("dac-9", 2_000, "Alive", state));
    }
    return Account.of(Set.of("dac-0", "dac-1", "dac-2", "dac-3", "dac-4", "dac-9"), changes, ends);
  }

  private static List<Agreement> compared(Account live, Account simulated) {
    return Agreement.of("detect-b", "dac", live, List.of(simulated));
  }

  @Test
  void aCourseGoesFromTheDeathToTheReturn() {
    var course = found(1_200).deaths().getFirst();
    assertThat(course.path())
        .isEqualTo("Alive → Suspect → Dead(PORT_REFUSED) → Restarting → Joining → Alive");
    assertThat(course.verdictS()).isEqualTo(1.2);
  }

  @Test
  void whoWasHeldWhenItDiedBeginsThere() {
    var changes =
        List.of(
            new Change("dac-0", 500, "Alive", "Held(CHANNEL_ALL)"),
            new Change("dac-0", 3_000, "Held(CHANNEL_ALL)", REFUSED));
    var account =
        Account.of(Set.of("dac-0"), changes, List.of(new End("dac-0", "killed", 1_000, 2_000)));
    assertThat(account.deaths().getFirst().states()).containsExactly("Held(CHANNEL_ALL)", REFUSED);
    assertThat(account.deaths().getFirst().verdictS()).isEqualTo(1.0);
  }

  @Test
  void theSameStatesAndNearMediansAgree() {
    assertThat(compared(found(1_200), found(1_600))).allMatch(Agreement::agrees);
  }

  @Test
  void mediansFurtherApartDoNot() {
    var killed = compared(found(1_200), found(1_800)).getFirst();
    assertThat(killed.sameStates()).isTrue();
    assertThat(killed.sameP50()).isFalse();
    assertThat(killed.difference()).isEqualTo("-0.60");
  }

  @Test
  void aStepOfTheLivingThatIsNeverSimulatedDoesNot() {
    var living = compared(found(1_200, "Held(COHORT)"), found(1_200)).getLast();
    assertThat(living.onlyLive()).containsExactly("Alive → Held(COHORT)");
    assertThat(living.agrees()).isFalse();
  }

  @Test
  void whatTheSimulationAlwaysDoesMustHappenLiveToo() {
    var living = compared(found(1_200), found(1_200, "Held(COHORT)")).getLast();
    assertThat(living.missing()).containsExactly("Alive → Held(COHORT)");
    assertThat(living.agrees()).isFalse();
  }

  @Test
  void aSuspicionIsNoStepOfItsOwn() {
    var straight =
        Account.of(
            Set.of("dac-0"),
            List.of(new Change("dac-0", 1_800, "Alive", REFUSED)),
            List.of(new End("dac-0", "killed", 1_000, 1_000)));
    var asked =
        Account.of(
            Set.of("dac-0"),
            List.of(
                new Change("dac-0", 1_700, "Alive", "Suspect"),
                new Change("dac-0", 1_800, "Suspect", REFUSED)),
            List.of(new End("dac-0", "killed", 1_000, 1_000)));
    assertThat(compared(asked, straight)).allMatch(Agreement::agrees);
    assertThat(compared(found(1_200, "Suspect"), found(1_200))).allMatch(Agreement::agrees);
  }

  @Test
  void aVerdictThatNeverCameLiveDoesNotAgree() {
    var ends = List.of(new End("dac-0", "killed", 1_000, 1_000));
    var never = Account.of(Set.of("dac-0"), List.of(), ends);
    assertThat(compared(never, found(1_200)).getFirst().agrees()).isFalse();
  }
}
