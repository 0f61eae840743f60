package holter.lab.score;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.cases.CaseReader;
import holter.lab.process.HolterHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingsTest {
  @TempDir private Path folder;

  private static CaseReader.Found live(String name) {
    return CaseReader.builtIn().stream()
        .filter(one -> one.file().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Path saved(String text) throws IOException {
    Path bundle = Files.createDirectories(folder.resolve("saved"));
    Files.writeString(bundle.resolve("observations.jsonl"), text);
    return bundle;
  }

  @Test
  void aRecordingIsACaseOfItsOwnWithTheSameExpectation() throws IOException {
    var recordings = new Recordings(folder.resolve("to"));
    var live = live("S02");
    var given = live.read();
    assertThat(recordings.has(given)).isFalse();
    recordings.keep(live.text(), given, false, saved("one"));
    assertThat(recordings.has(given)).isFalse();
    recordings.keep(live.text(), given, true, saved("two"));
    assertThat(recordings.has(given)).isTrue();
    var found = CaseReader.in(folder.resolve("to"));
    assertThat(found).hasSize(2);
    for (var one : found) {
      var read = one.read();
      assertThat(read.name()).endsWith("-recorded");
      assertThat(read.expect()).isEqualTo(given.expect());
      assertThat(read.kafka()).isNull();
      assertThat(requireNonNull(read.origin()).recorded()).isEqualTo("S02 on Kafka 3.9.2");
      assertThat(one.base().resolve(requireNonNull(read.bundle()))).isDirectory();
    }
  }

  @Test
  void aLaterRecordingTakesThePlaceOfAnEarlierOneAndTellsNoPlaceOfThisMachine() throws IOException {
    var recordings = new Recordings(folder.resolve("to"));
    var live = live("S02");
    recordings.keep(live.text(), live.read(), false, saved("earlier"));
    recordings.keep(live.text(), live.read(), false, saved(HolterHome.path() + "/x"));
    var there = folder.resolve("to/S02-recorded/bundle/observations.jsonl");
    assertThat(there).hasContent("/lab/x");
  }

  @Test
  void onlyWhatStandsBetweenTheMarksOfAPageIsReplaced() {
    var sheet = new Sheet(List.of(), List.of("bad"));
    var first = ScorePage.in("# Diagnosis\n\nby hand\n", sheet);
    assertThat(first).startsWith("# Diagnosis\n\nby hand\n").contains("## Score");
    var edited = first.replace("## Score", "## Old") + "\n## Size and time\n";
    assertThat(ScorePage.in(edited, sheet))
        .isEqualTo(first + "\n## Size and time\n")
        .doesNotContain("## Old");
    assertThat(ScorePage.in("", sheet)).startsWith("# Diagnosis\n");
  }
}
