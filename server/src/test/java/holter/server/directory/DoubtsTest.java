package holter.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DoubtsTest {
  private final Directory directory =
      new Directory(List.of(), route -> CompletableFuture.completedFuture(null), () -> 1);
  private final Doubts doubts = new Doubts(directory);
  private boolean takesQuestions = true;
  private int asked;

  private static Registration registration(String dtu, String instance, long session, boolean up) {
    return new Registration(dtu, instance, new Route.Fence(session, 7, up ? 1 : 2), "h:1", up, 0);
  }

  private void registered(String dtu, String instance, long session, boolean up) {
    directory.apply(registration(dtu, instance, session, up), "kafka");
  }

  private void beat(long life, long seq, DtuDigest digest) {
    doubts.heard(
        new Doubts.Told("dac-1", life, seq, digest),
        () -> {
          asked += takesQuestions ? 1 : 0;
          return takesQuestions;
        });
  }

  @Test
  void theDigestIsTheOneThatTheAgentMakes() {
    registered("a1b2c3d4", "dac-1", 1675332341431000L, true);
    registered("b", "dac-1", 5, true);
    assertThat(directory.digest("dac-1", 7).count()).isEqualTo(2);
    assertThat(directory.digest("dac-1", 7).xor())
        .as("CRC-32 of 'a1b2c3d4:1675332341431000' and 'b:5', by another tool")
        .isEqualTo(0x31f28ae2 ^ 0xc708dc06);
  }

  @Test
  void theDigestFollowsWhoOwnsWhat() {
    registered("a", "dac-1", 10, true);
    registered("b", "dac-1", 11, true);
    DtuDigest both = directory.digest("dac-1", 7);
    registered("b", "dac-2", 12, true);
    assertThat(directory.digest("dac-1", 7).count()).isEqualTo(1);
    assertThat(directory.digest("dac-2", 7).count()).isEqualTo(1);
    registered("b", "dac-1", 11, false);
    assertThat(directory.digest("dac-2", 7).count()).as("a stale end").isEqualTo(1);
    registered("b", "dac-2", 12, false);
    registered("a", "dac-1", 20, true);
    assertThat(directory.digest("dac-1", 7)).isNotEqualTo(both);
    assertThat(directory.digest("dac-1", 6)).as("another life").isEqualTo(DtuDigest.NONE);
    assertThat(directory.digest("dac-2", 7)).isEqualTo(DtuDigest.NONE);
  }

  @Test
  void twoBeatsInARowThatDisagreeAskOnce() {
    beat(7, 1, new DtuDigest(1, 99));
    assertThat(asked).as("a registration may be under way").isZero();
    beat(7, 1, new DtuDigest(1, 99));
    assertThat(asked).as("the same beat twice").isZero();
    beat(7, 2, new DtuDigest(1, 99));
    assertThat(asked).isEqualTo(1);
    for (int seq = 3; seq < 7; seq++) {
      beat(7, seq, new DtuDigest(1, 99));
    }
    assertThat(asked).isEqualTo(1);
    beat(7, 7, new DtuDigest(1, 99));
    assertThat(asked).as("it did not help").isEqualTo(2);
    for (int seq = 8; seq < 17; seq++) {
      beat(7, seq, new DtuDigest(1, 99));
    }
    assertThat(asked).as("patience grows").isEqualTo(2);
  }

  @Test
  void oneBeatThatAgreesEndsTheDoubt() {
    beat(7, 1, new DtuDigest(1, 99));
    beat(7, 2, DtuDigest.NONE);
    beat(7, 3, new DtuDigest(1, 99));
    assertThat(asked).isZero();
    beat(7, 4, new DtuDigest(1, 99));
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void whoCouldNotBeAskedIsAskedAtTheNextBeat() {
    takesQuestions = false;
    beat(7, 1, new DtuDigest(1, 99));
    beat(7, 2, new DtuDigest(1, 99));
    takesQuestions = true;
    beat(7, 3, new DtuDigest(1, 99));
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void aLateBeatOfAnEarlierLifeSaysNothing() {
    beat(7, 1, new DtuDigest(1, 99));
    beat(6, 50, new DtuDigest(1, 99));
    beat(6, 51, new DtuDigest(1, 99));
    assertThat(asked).isZero();
    beat(7, 2, new DtuDigest(1, 99));
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void whoTellsOfOthersSinceItWasAskedIsAskedAfterTwoBeats() {
    beat(7, 1, new DtuDigest(1, 99));
    beat(7, 2, new DtuDigest(1, 99));
    beat(7, 3, new DtuDigest(2, 98));
    assertThat(asked).isEqualTo(1);
    beat(7, 4, new DtuDigest(2, 98));
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void whoWasNotReachedIsAskedAtTheNextBeat() {
    beat(7, 1, new DtuDigest(1, 99));
    beat(7, 2, new DtuDigest(1, 99));
    doubts.unasked("dac-1");
    beat(7, 3, new DtuDigest(1, 99));
    assertThat(asked).isEqualTo(2);
    doubts.unasked("dac-9");
  }
}
