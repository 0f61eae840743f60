package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClaimBookTest {
  private static final Identity WHO =
      new Identity("dac-1", new Incarnation(7, "boot"), 1000, "", "");

  private final RememberedOutlets out = new RememberedOutlets();
  private ClaimBook book = book(true);

  private ClaimBook book(boolean hasHttp) {
    return new ClaimBook(WHO, AgentConfig.Registering.DEFAULT, hasHttp, out);
  }

  private static long ms(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void whatAnEarlierLifeSaidOfAConnectionDoesNotSpeakForThisLife() {
    var before = new Incarnation(6, "before");
    book.recover(new Registration("a", "dac-1", before, 3, 10, "h:1", true), 0);
    out.told();
    book.up("a", 9, "h:1", ms(1));
    assertThat(out.told()).as("an older connection").isEmpty();
    book.up("a", 10, "h:1", ms(2));
    assertThat(out.told()).containsExactly("keep a#1 up", "send a#1");
    assertThat(out.lastSent().incarnation()).isEqualTo(WHO.incarnation());
    assertThat(book.digest()).isNotEqualTo(DtuDigest.NONE);
    book.up("a", 10, "h:1", ms(3));
    assertThat(out.told()).as("a repetition").isEmpty();
  }

  @Test
  void aFullBookStillTakesANewerConnectionOfADtuItKnows() {
    for (int i = 0; i < ClaimBook.CLAIMS_MAX; i++) {
      book.up("d" + i, 1, "h:1", 0);
      book.kafkaAcked(out.lastSent(), 0);
    }
    assertThat(book.hasRoomFor("another")).isFalse();
    assertThat(book.hasRoomFor("d7")).isTrue();
    book.up("d7", 2, "h:1", ms(1));
    assertThat(out.lastSent().sessionEpoch()).isEqualTo(2);
    assertThat(book.hasRoomFor("another")).isFalse();
  }

  @Test
  void aRegistrationIsKeptAndSentAndSettledWhenAcknowledged() {
    book.up("a", 10, "h:1", 0);
    assertThat(out.told()).containsExactly("keep a#1 up", "send a#1");
    assertThat(book.unacked()).isEqualTo(1);
    book.kafkaAcked(out.lastSent(), ms(20));
    assertThat(out.told()).containsExactly("settle a");
    assertThat(book.unacked()).isZero();
    book.due(ms(400));
    assertThat(out.told()).as("no second path after an ack").isEmpty();
  }

  @Test
  void withoutAnAcknowledgementItAlsoGoesByHttpAfterTheHedge() {
    book.up("a", 10, "h:1", 0);
    out.told();
    assertThat(book.due(ms(299))).isEqualTo(ms(300));
    assertThat(out.told()).isEmpty();
    book.due(ms(300));
    assertThat(out.told()).containsExactly("post a#1");
  }

  @Test
  void withoutAnOrchestratorThereIsOnlyKafka() {
    book = book(false);
    book.up("a", 10, "h:1", 0);
    book.due(ms(5000));
    assertThat(out.told()).containsExactly("keep a#1 up", "send a#1");
  }

  @Test
  void whatHttpAppliedStaysKeptUntilKafkaHasItToo() {
    book.up("a", 10, "h:1", 0);
    book.due(ms(300));
    book.httpApplied(out.lastPosted(), ms(310));
    book.kafkaFailed(out.lastSent(), ms(10_000));
    out.told();
    book.due(ms(10_500));
    assertThat(out.told()).containsExactly("send a#1");
    assertThat(book.unacked()).isEqualTo(1);
    book.kafkaAcked(out.lastSent(), ms(10_600));
    assertThat(out.told()).containsExactly("settle a");
  }

  @Test
  void failuresAreTriedAgainForEverAndNeverMoreOftenThanEveryHalfSecond() {
    book.up("a", 10, "h:1", 0);
    long now = 0;
    for (int i = 0; i < 40; i++) {
      book.kafkaFailed(out.lastSent(), now);
      int before = out.sent.size();
      assertThat(book.due(now + ms(499))).isEqualTo(now + ms(500));
      assertThat(out.sent).hasSize(before);
      now += ms(500);
      book.due(now);
      assertThat(out.sent).hasSize(before + 1);
    }
  }

  @Test
  void aRefusedPostIsTriedAgain() {
    book.up("a", 10, "h:1", 0);
    book.due(ms(300));
    book.httpFailed(out.lastPosted(), ms(350));
    book.due(ms(849));
    assertThat(out.posted).hasSize(1);
    book.due(ms(850));
    assertThat(out.posted).hasSize(2);
  }

  @Test
  void whatIsHeldIsAnnouncedAgainWithAHigherNumber() {
    book.up("a", 10, "h:1", 0);
    book.kafkaAcked(out.lastSent(), ms(20));
    out.told();
    long next = book.due(ms(1000));
    assertThat(next).isBetween(ms(27_000), ms(30_000));
    book.due(next);
    assertThat(out.told()).as("not kept again: it holds").containsExactly("send a#2");
    assertThat(out.lastSent().sessionEpoch()).isEqualTo(10);
    book.kafkaAcked(out.lastSent(), next + ms(5));
    assertThat(book.due(next + ms(400))).isBetween(next + ms(27_000), next + ms(30_000));
  }

  @Test
  void duringALongFaultTheSecondPathAnnouncesAgainToo() {
    book.up("a", 10, "h:1", 0);
    book.due(ms(300));
    book.httpApplied(out.lastPosted(), ms(310));
    book.due(ms(30_000));
    book.due(ms(30_300));
    assertThat(out.posted).extracting(Registration::seq).containsExactly(1L, 2L);
  }

  @Test
  void takingBackIsDeliveredAndThenForgotten() {
    book.up("a", 10, "h:1", 0);
    book.kafkaAcked(out.lastSent(), ms(20));
    out.told();
    book.down("a", 10, ms(50));
    assertThat(out.told()).containsExactly("keep a#2 down", "send a#2");
    assertThat(book.digest()).isEqualTo(DtuDigest.NONE);
    book.kafkaAcked(out.lastSent(), ms(60));
    assertThat(out.told()).containsExactly("settle a");
    assertThat(book.due(ms(100_000))).isEqualTo(Long.MAX_VALUE);
    assertThat(out.told()).isEmpty();
  }

  @Test
  void theLateEndOfAnOldConnectionTakesNothingBack() {
    book.up("a", 10, "h:1", 0);
    book.up("a", 11, "h:1", ms(5));
    out.told();
    book.down("a", 10, ms(10));
    assertThat(out.told()).isEmpty();
    assertThat(book.digest()).isEqualTo(DtuDigest.NONE.with("a", 11));
  }

  @Test
  void anOlderOrRepeatedConnectionSaysNothing() {
    book.up("a", 10, "h:1", 0);
    out.told();
    book.up("a", 10, "h:1", ms(1));
    book.up("a", 9, "h:1", ms(1));
    assertThat(out.told()).isEmpty();
  }

  @Test
  void anAckOfTheOldConnectionDoesNotSettleTheNewOne() {
    book.up("a", 10, "h:1", 0);
    Registration old = out.lastSent();
    book.up("a", 11, "h:1", ms(5));
    out.told();
    book.kafkaAcked(old, ms(10));
    assertThat(out.told()).isEmpty();
    assertThat(book.unacked()).isEqualTo(1);
  }

  @Test
  void aNewerOwnerElsewhereMakesItDropItsClaim() {
    book.up("a", 10, "h:1", 0);
    book.due(ms(300));
    out.told();
    book.httpStale(out.lastPosted(), "dac-2", ms(310));
    assertThat(out.told()).containsExactly("settle a", "lost a to dac-2");
    book.kafkaFailed(out.lastSent(), ms(400));
    assertThat(book.due(ms(100_000))).isEqualTo(Long.MAX_VALUE);
    assertThat(out.told()).isEmpty();
    assertThat(book.digest()).isEqualTo(DtuDigest.NONE);
  }

  @Test
  void itsOwnCopyComingSecondIsNoLoss() {
    book.up("a", 10, "h:1", 0);
    book.due(ms(300));
    out.told();
    book.httpStale(out.lastPosted(), "dac-1", ms(310));
    book.httpStale(out.lastPosted(), "", ms(311));
    assertThat(out.told()).isEmpty();
    assertThat(book.digest()).isEqualTo(DtuDigest.NONE.with("a", 10));
  }

  @Test
  void aStaleAnswerToAnOldConnectionDoesNotTouchTheNewOne() {
    book.up("a", 10, "h:1", 0);
    book.due(ms(300));
    Registration old = out.lastPosted();
    book.up("a", 12, "h:1", ms(305));
    out.told();
    book.httpStale(old, "dac-2", ms(310));
    assertThat(out.told()).isEmpty();
    assertThat(book.digest()).isEqualTo(DtuDigest.NONE.with("a", 12));
  }

  @Test
  void whatAnEarlierLifeKeptIsDeliveredAsItWasAndNotAnnouncedAgain() {
    var kept = new Registration("a", "dac-1", new Incarnation(6, "old"), 3, 10, "h:1", true);
    book.recover(kept, 0);
    assertThat(out.told()).containsExactly("send a#3");
    assertThat(out.lastSent()).isEqualTo(kept);
    assertThat(book.digest()).as("it is not held by this life").isEqualTo(DtuDigest.NONE);
    book.kafkaAcked(kept, ms(20));
    assertThat(out.told()).containsExactly("settle a");
    assertThat(book.due(ms(100_000))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aNewConnectionReplacesWhatAnEarlierLifeKept() {
    book.recover(new Registration("a", "dac-1", new Incarnation(6, "old"), 3, 10, "h:1", true), 0);
    book.up("a", 11, "h:1", ms(1));
    assertThat(out.told()).containsExactly("send a#3", "keep a#1 up", "send a#1");
    assertThat(book.unacked()).isEqualTo(1);
  }

  @Test
  void theDigestDoesNotDependOnOrderAndTellsEpochs() {
    book.up("a", 10, "h:1", 0);
    book.up("b", 5, "h:1", 0);
    DtuDigest one = book.digest();
    assertThat(one).isEqualTo(DtuDigest.NONE.with("b", 5).with("a", 10));
    assertThat(one).isNotEqualTo(DtuDigest.NONE.with("b", 5).with("a", 11));
    assertThat(one.count()).isEqualTo(2);
  }

  @Test
  void aThousandClaimsDoNotSpeakInTheSameMoment() {
    for (int i = 0; i < 1000; i++) {
      book.up("dtu-" + i, 1, "h:1", 0);
      book.kafkaAcked(out.lastSent(), 0);
    }
    out.told();
    long every = Duration.ofSeconds(30).toNanos();
    int most = 0;
    for (long now = 0; now <= every; now += ms(100)) {
      int before = out.sent.size();
      book.due(now);
      int spoke = out.sent.size() - before;
      for (Registration one : List.copyOf(out.sent.subList(before, out.sent.size()))) {
        book.kafkaAcked(one, now);
      }
      most = Math.max(most, spoke);
    }
    assertThat(out.sent).hasSize(2000);
    assertThat(most).isLessThan(120);
  }
}
