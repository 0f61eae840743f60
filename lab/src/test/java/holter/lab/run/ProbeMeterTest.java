package holter.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProbeMeterTest {
  @Test
  void aLanesBytesAreBothDirectionsOfItsSockets() {
    var page =
        """
        # TYPE holter_lane_bytes_in gauge
        holter_lane_bytes_in 1.2E4
        holter_lane_bytes_out 800.0
        holter_lane_rounds 40.0
        """;
    assertThat(ProbeMeter.laneBytes(page)).isEqualTo(12_800);
  }

  @Test
  void aPageThatTellsOneDirectionOnlyTellsNothing() {
    assertThat(ProbeMeter.laneBytes("holter_lane_bytes_in 12000.0\n")).isNegative();
  }
}
