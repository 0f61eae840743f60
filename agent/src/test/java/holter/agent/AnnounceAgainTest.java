package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnnounceAgainTest {
  private static final Identity WHO =
      new Identity("dac-1", new Incarnation(7, "boot"), 1000, "", "");

  private final RememberedOutlets out = new RememberedOutlets();
  private final ClaimBook book = new ClaimBook(WHO, AgentConfig.Registering.DEFAULT, true, out);

  private static long ms(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void whatTheDirectoryAsksForGoesOnBothWaysAsItWasSaid() {
    book.up("a", 10, "h:1", 0);
    book.kafkaAcked(out.lastSent(), ms(20));
    book.up("gone", 3, "h:1", ms(30));
    book.kafkaAcked(out.lastSent(), ms(40));
    book.down("gone", 3, ms(50));
    book.kafkaAcked(out.lastSent(), ms(60));
    out.told();
    book.announceAll(ms(1000));
    assertThat(out.told()).containsExactly("send a#1", "post a#1");
    book.kafkaAcked(out.lastSent(), ms(1010));
    book.httpStale(out.lastPosted(), "dac-2", ms(1020));
    assertThat(out.told()).as("the directory's word counts").contains("lost a to dac-2");
    assertThat(book.digest()).isEqualTo(DtuDigest.NONE);
  }

  @Test
  void whoAsksMoreOftenThanOnceASecondIsNotHeard() {
    book.up("a", 10, "h:1", 0);
    book.kafkaAcked(out.lastSent(), ms(20));
    book.announceAll(ms(1000));
    book.kafkaAcked(out.lastSent(), ms(1010));
    book.httpApplied(out.lastPosted(), ms(1010));
    out.told();
    book.announceAll(ms(1999));
    assertThat(out.told()).isEmpty();
    book.announceAll(ms(2000));
    assertThat(out.told()).containsExactly("send a#1", "post a#1");
  }
}
