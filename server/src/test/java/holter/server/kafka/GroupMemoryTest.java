package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import holter.server.kafka.GroupMemory.Moved;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class GroupMemoryTest {
  private static final TopicPartition P = new TopicPartition("HeartBeat", 0);
  private final GroupMemory memory = new GroupMemory();

  @Test
  void everyLookAtWhichTheMembersDifferIsAChangeUntilItIsOld() {
    memory.members("g", Set.of("a"), 0);
    memory.members("g", Set.of("a"), 1000);
    memory.members("g", Set.of("b"), 2000);
    memory.members("g", Set.of("a", "b"), 3000);
    assertThat(memory.changes("g", 3000)).isEqualTo(2);
    assertThat(memory.changes("g", 2500 + GroupMemory.CHANGES_MS)).isEqualTo(1);
    assertThat(memory.changes("other", 3000)).isZero();
  }

  @Test
  void aGroupThatStandsSaysNothingUntilItWasWatchedLongerThanCommitsAreApart() {
    memory.place("g", P, 5, 100, 0);
    assertThat(memory.place("g", P, 5, 160, 2_000)).isEqualTo(new Moved(0, 0));
    assertThat(memory.place("g", P, 5, 300, 7_000)).isEqualTo(new Moved(0, 200));
  }

  @Test
  void movementIsOfTheLastMinuteOnly() {
    memory.place("g", P, 0, 0, 0);
    memory.place("g", P, 10, 40, 30_000);
    assertThat(memory.place("g", P, 15, 100, 80_000)).isEqualTo(new Moved(5, 60));
  }
}
