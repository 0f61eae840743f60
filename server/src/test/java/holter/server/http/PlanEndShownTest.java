package holter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.Plan;
import holter.server.remedy.PlanState;
import holter.server.remedy.RemedyDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of a plan at the moment of its end, to somebody who asks without a pause. */
@Timeout(60)
final class PlanEndShownTest {
  private static final int PLANS = 100;

  @Test
  void aPlanThatNobodyCarriesOutAnyMoreIsShownAsItEnded() throws Exception {
    var desk = new SampleDesk();
    try (var remedies = desk.remedies) {
      for (int n = 0; n < PLANS; n++) {
        Plan plan = remedies.save("p2n" + n, 4, System.currentTimeMillis());
        remedies.plans().journal(plan).add(new JournalEntry(1, Deed.INTENDED, 1, ""));
        remedies.desk().undo(plan, plan.hash(), "by the test");
        RemedyDesk.Shown shown = shown(remedies, plan);
        while (shown.running()) {
          shown = shown(remedies, plan);
        }
        assertThat(shown.state()).isEqualTo(PlanState.UNDONE);
      }
    }
  }

  private static RemedyDesk.Shown shown(SampleRemedies remedies, Plan plan) throws Exception {
    return remedies.desk().find(plan.id()).orElseThrow();
  }
}
