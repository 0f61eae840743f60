package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RotationTest {
  @Test
  void asManyBeatsInARowAsThereArePartitionsTakeEachOnce() {
    for (int partitions = 1; partitions <= 64; partitions++) {
      for (int worker = 0; worker < 40; worker++) {
        var rotation = Rotation.of("dac-" + worker, partitions);
        for (long first : new long[] {1, 17, 1L << 40, Long.MAX_VALUE - 200}) {
          Set<Integer> taken = new HashSet<>();
          for (long seq = first; seq < first + partitions; seq++) {
            taken.add(rotation.partition(seq));
          }
          assertThat(taken).as("%s over %d", rotation, partitions).hasSize(partitions);
          assertThat(taken).allMatch(p -> p >= 0 && p < rotation.partitions());
        }
      }
    }
  }

  @Test
  void aFleetWithNamesInARowSpreadsOverThePartitionsInEverySlot() {
    for (long seq = 1; seq <= 20; seq++) {
      int[] beats = new int[5];
      for (int worker = 0; worker < 200; worker++) {
        beats[Rotation.of(String.format("dac-%03d", worker), 5).partition(seq)]++;
      }
      assertThat(Arrays.stream(beats).boxed())
          .as("beats per partition in slot %d", seq)
          .allMatch(n -> n > 15 && n < 70);
    }
  }

  @Test
  void anInstanceTakesTheSameWayInEachLife() {
    assertThat(Rotation.of("dac-07", 5)).isEqualTo(Rotation.of("dac-07", 5));
  }
}
