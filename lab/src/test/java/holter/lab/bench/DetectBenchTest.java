package holter.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparison itself: the same seed plays the same, and ours keeps its promises. */
class DetectBenchTest {
  private static final Contestant OURS =
      Contestant.all().stream().filter(c -> c.ours() && c.stock()).findFirst().orElseThrow();

  /** Every scenario, and with sticky senders those in which a path of their own is sick. */
  static Stream<Arguments> trials() {
    return Stream.concat(
        DetectScenarios.ALL.stream().map(scenario -> Arguments.of(scenario.id(), true)),
        Stream.of("B", "B3", "BN", "C", "H", "N", "O", "V").map(id -> Arguments.of(id, false)));
  }

  @ParameterizedTest(name = "scenario {0}, rotating {1}")
  @MethodSource("trials")
  void oursRestartsNobodyHealthyAndMissesNobodyDead(String id, boolean rotating) {
    var trial = Trial.of(DetectScenarios.named(id), rotating, OURS, 1);
    assertThat(trial.wrong()).as("%s", trial).isZero();
    assertThat(trial.missed()).as("%s", trial).isZero();
    assertThat(trial.falseVerdicts()).as("%s", trial).isZero();
    assertThat(trial.broken()).as("%s", trial).isEmpty();
  }

  @Test
  void everyScenarioHasOnePanelOfItsOwnInTheCurve() {
    for (var scenario : DetectScenarios.ALL) {
      assertThat(DetectCurve.Panel.values())
          .filteredOn(p -> p != DetectCurve.Panel.ALL && p.holds(scenario.id()))
          .as("scenario %s", scenario.id())
          .hasSize(1);
    }
  }

  @Test
  void ourOwnThresholdIsSweptLikeTheirs() {
    var trial = DetectScenarios.named("BN"); // workers that cannot be asked are inferred
    var ours = Contestant.all().stream().filter(Contestant::ours).toList();
    assertThat(ours).hasSizeGreaterThan(2).filteredOn(Contestant::stock).hasSize(1);
    assertThat(Trial.of(trial, true, ours.getLast(), 1))
        .isNotEqualTo(Trial.of(trial, true, OURS, 1));
  }

  @Test
  void theSameSeedPlaysTheSame() {
    var scenario = DetectScenarios.named("B");
    assertThat(Trial.of(scenario, true, OURS, 3)).isEqualTo(Trial.of(scenario, true, OURS, 3));
    assertThat(Trial.of(scenario, true, OURS, 3)).isNotEqualTo(Trial.of(scenario, true, OURS, 4));
  }

  @Test
  void aFixedTimeoutRestartsTheHealthyOfALostPartition() {
    var fixed =
        Contestant.all().stream().filter(c -> c.slug().equals("fixed-timeout-3-s")).findFirst();
    var trial = Trial.of(DetectScenarios.named("B"), false, fixed.orElseThrow(), 1);
    assertThat(trial.falseRestarts()).as("the fault bites").isGreaterThan(100);
  }

  @Test
  void playedTrialsAreNotPlayedAgain(@TempDir Path results) throws InterruptedException {
    var wish = wish(results, List.of("K"), List.of());
    var first = new ArrayList<String>();
    var table = new DetectBench(wish, first::add).run();
    var second = new ArrayList<String>();
    var again = new DetectBench(wish, second::add).run();
    assertThat(first).isNotEmpty();
    assertThat(second).isEmpty();
    assertThat(again.markdown()).isEqualTo(table.markdown()).contains("**Holter**");
    assertThat(table.broken()).isEmpty();
  }

  @Test
  void aTrialThatOtherCodePlayedIsDiscardedAndPlayedAnew(@TempDir Path results) throws Exception {
    var wish = wish(results, List.of("K"), List.of("Holter"));
    var table = new DetectBench(wish, line -> {}).run();
    Path file;
    try (var files = Files.walk(results)) {
      file = files.filter(f -> f.endsWith("seed-0001.json")).findFirst().orElseThrow();
    }
    String kept = Files.readString(file);
    assertThat(kept).contains("\"code\":\"" + CodeStamp.ofRunning() + "\"");
    Files.writeString(file, kept.replace(CodeStamp.ofRunning(), "0123456789abcdef"));
    var told = new ArrayList<String>();
    var again = new DetectBench(wish, told::add).run();
    assertThat(told).contains("1 kept trials were played by other code: discarded, played anew");
    assertThat(Files.readString(file)).isEqualTo(kept);
    assertThat(again.markdown()).isEqualTo(table.markdown());
  }

  @Test
  void theStampIsOfWhatPlaysTrialsAndNotOfWhatShowsThem() {
    assertThat(CodeStamp.ofRunning()).hasSize(16).isEqualTo(CodeStamp.ofRunning());
    assertThat(CodeStamp.plays("holter/lab/sim/SimWorld.class")).isTrue();
    assertThat(CodeStamp.plays("holter/lab/bench/DetectScenarios.class")).isTrue();
    assertThat(CodeStamp.plays("holter/lab/bench/DetectTable$Row.class")).isFalse();
    assertThat(CodeStamp.plays("holter/lab/kube/KubeSim.class")).isFalse();
  }

  @Test
  void aScenarioThatIsNotThereIsRefusedByName() {
    assertThatThrownBy(() -> wish(Path.of("."), List.of("Z"), List.of()))
        .hasMessageContaining("no scenario Z");
  }

  @Test
  void aDetectorThatIsNotThereIsRefusedByName() {
    assertThatThrownBy(() -> wish(Path.of("."), List.of(), List.of("gamma")))
        .hasMessageContaining("no detector gamma")
        .hasMessageContaining("Pekko phi");
  }

  private static DetectBench.Wish wish(Path results, List<String> only, List<String> detectors) {
    return new DetectBench.Wish(
        results, new DetectBench.Seeds(1, 1), only, detectors, Duration.ofMinutes(5));
  }
}
