package holter.channel;

import static org.assertj.core.api.Assertions.assertThat;

import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom frozen watermarks point at in the founding incident, while paths and ISRs come and go. */
class IsrBlameTest {
  private static final List<List<Integer>> REPLICAS =
      List.of(
          List.of(1002, 1003, 1004),
          List.of(1003, 1004, 1005),
          List.of(1004, 1005, 1001),
          List.of(1005, 1001, 1002),
          List.of(1001, 1002, 1003));

  private final IsrBlame blame = new IsrBlame();
  private final List<List<Integer>> isr = new ArrayList<>(REPLICAS);
  private final TreeMap<Integer, PathState> states = new TreeMap<>();
  private long nowMs = 1_000;

  @BeforeEach
  void allHealthy() {
    for (int p = 0; p < 5; p++) {
      healthy(p);
    }
  }

  private void healthy(int p) {
    states.put(p, new PathState.Healthy(0));
  }

  private void sick(int p, Sickness kind) {
    states.put(p, new PathState.Sick(kind, nowMs, -1));
  }

  private int judged() {
    nowMs += 1_000;
    var partitions = new ArrayList<PartitionMap>();
    for (int p = 0; p < 5; p++) {
      partitions.add(
          new PartitionMap(p, REPLICAS.get(p).getFirst(), 1, REPLICAS.get(p), isr.get(p)));
    }
    var map = new ClusterMap("HeartBeat", List.of(), partitions, nowMs, "kafka");
    return blame.judge(
        map, p -> states.getOrDefault(p, new PathState.Unknown(Sentence.quote(""))), nowMs);
  }

  /** 1001 leads the sick partition 4 and froze partition 2, which then shrank and healed. */
  private void shrunkAndHealed() {
    sick(4, Sickness.HANG);
    sick(2, Sickness.ISR);
    assertThat(judged()).isEqualTo(1001);
    isr.set(4, List.of(1001));
    isr.set(2, List.of(1004, 1005));
    healthy(2);
    judged();
  }

  @Test
  void aPathThatFreezesAgainBehindAMapThatStillLacksTheGuiltyOneBlamesItStill() {
    shrunkAndHealed();
    sick(2, Sickness.ISR);
    assertThat(judged()).isEqualTo(1001);
  }

  @Test
  void theBlameStandsEvenWhenItsOwnPathIsHealthyForAMoment() {
    shrunkAndHealed();
    healthy(4);
    judged();
    sick(2, Sickness.ISR);
    assertThat(judged()).isEqualTo(1001);
    sick(3, Sickness.ISR);
    assertThat(judged()).isEqualTo(1001);
  }

  @Test
  void aSickLeaderIsBlamedForAReplicaThatAnOldMapDoesNotCountInSync() {
    sick(4, Sickness.HANG);
    isr.set(2, List.of(1004, 1005));
    sick(2, Sickness.ISR);
    assertThat(judged()).isEqualTo(1001);
  }

  @Test
  void aFrozenPartitionWithoutTheBlamedOneContradictsTheBlame() {
    shrunkAndHealed();
    healthy(4);
    sick(1, Sickness.ISR);
    sick(2, Sickness.ISR);
    assertThat(judged()).as("common to 1 and 2").isEqualTo(1005);
  }

  @Test
  void aMinuteOfHealthForgetsTheBlame() {
    shrunkAndHealed();
    healthy(4);
    judged();
    nowMs += 61_000;
    isr.set(2, REPLICAS.get(2));
    isr.set(4, REPLICAS.get(4));
    for (int p = 0; p < 5; p++) {
      states.put(p, new PathState.Unknown(Sentence.quote("")));
    }
    sick(2, Sickness.ISR);
    assertThat(judged()).as("nobody is known to fetch").isEqualTo(-1);
  }
}
