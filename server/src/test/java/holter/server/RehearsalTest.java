package holter.server;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.PathState;
import holter.detect.Verdict;
import holter.diagnose.CauseCode;
import holter.diagnose.Diagnosis;
import holter.engine.EngineSettings;
import holter.engine.View;
import org.junit.jupiter.api.Test;

/** The rehearsal goes the ways that a first incident goes, or it would spare nothing. */
final class RehearsalTest {
  private final View view = Rehearsal.play(new EngineSettings(3, 60_000, 60_000, 0, false));

  @Test
  void oneIsFoundDeadAndHasACause() {
    assertThat(view.instances())
        .filteredOn(each -> each.from().id().value().equals("rehearsal-dies"))
        .noneMatch(each -> each.verdict() instanceof Verdict.Alive);
    assertThat(view.incidents())
        .flatExtracting(incident -> incident.diagnosis().found())
        .extracting(Diagnosis.Found::code)
        .contains(CauseCode.F60);
  }

  @Test
  void aPartitionIsFoundSickAndWhoLivesIsLeftAlone() {
    assertThat(view.partitions()).anyMatch(each -> each.path() instanceof PathState.Sick);
    assertThat(view.instances())
        .filteredOn(each -> each.from().id().value().equals("rehearsal-lives"))
        .allMatch(each -> each.verdict() instanceof Verdict.Alive);
  }
}
