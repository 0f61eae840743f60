package holter.lab.stage;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.cases.Case;
import holter.lab.cases.CaseReader;
import holter.lab.fleet.LabClock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every strike on real brokers, as the lab sees it from outside before Holter is asked. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class InjectionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"S02"})
  void aStrikeDoesWhatItSays(String name) {
    var given = named(name);
    assertThat(CaseWorld.skipped(given)).isEmpty();
    var made = CaseWorld.start(given, _ -> {});
    try (var _ = made.world();
        var strikes = new Strikes(given, made.parts())) {
      var confirmations = new Confirmations(given, made.parts(), strikes, new LabClock());
      given.inject().forEach(confirmations::strike);
      assertThat(confirmations.all()).isNotEmpty().allMatch(Confirmations.Seen::held);
      given.inject().forEach(strikes::end);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "S04",
        "S05",
        "S06",
        "S07",
        "S08",
        "S09",
        "S10",
        "S11",
        "S12",
        "S13",
        "S14",
        "S15",
        "S17",
        "S17-login",
        "S18",
        "S02-old",
        "S05-old",
        "S08-old"
      })
  void soDoTheOthers(String name) {
    aStrikeDoesWhatItSays(name);
  }

  private static Case named(String name) {
    return CaseReader.builtIn().stream()
        .filter(found -> found.file().equals(name))
        .findFirst()
        .orElseThrow()
        .read();
  }
}
