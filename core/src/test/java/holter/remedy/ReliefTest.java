package holter.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReliefTest {
  @ParameterizedTest
  @CsvSource({
    "below the limit,        100, 60, 70,  true",
    "as promised,            130, 90, 90,  true",
    "half of it,             130, 60, 94,  true",
    "less than half of it,   120, 60, 91,  false",
    "half of it yet full,  150, 60, 95,  false",
    "nothing,                100, 60, 100, false",
    "fuller than before,     100, 60, 120, false",
    "a small one kept,        80, 70, 70,  true",
    "a small one not kept,    80, 60, 72,  false"
  })
  void roomIsMadeBelowTheLimitOrByHalfOfThePromiseWhereItIsNotFull(
      String what, long before, long promised, double now, boolean come) {
    var relief = new Relief("n2", 1_000, before, promised);
    assertThat(relief.come(now * 10)).as(what).isEqualTo(come);
  }

  @ParameterizedTest
  @CsvSource({"60, 70, true", "60, 71, false", "85, 85, true", "85, 86, false"})
  void whatIsAtTheLimitOrAsPromisedIsKeptInFull(long promised, double now, boolean kept) {
    assertThat(new Relief("n2", 1_000, 130, promised).kept(now * 10)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "694, 69", "1000, 100"})
  void theShareIsOfWhatTheNetworkCarries(double bytesPerS, long percent) {
    assertThat(new Relief("n2", 1_000, 100, 60).percent(bytesPerS)).isEqualTo(percent);
  }
}
