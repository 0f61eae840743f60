package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A way in virtual time: what is sent while it is cut comes back as failed, later. */
class WayTest {
  private static final long STEP = ms(1);

  private record Return(long at, Claim claim, boolean ok) {}

  private final List<Claim> sent = new ArrayList<>();

  private static long ms(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static Claim claim(int number) {
    var life = new Incarnation(7, "boot");
    return new Claim(new Registration("d" + number, "dac-1", life, number, 1, "h:1", true), true);
  }

  private static List<Claim> claims(int count) {
    var claims = new ArrayList<Claim>();
    for (int n = 0; n < count; n++) {
      claims.add(claim(n));
    }
    return claims;
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void afterAHealAtAnyMomentAllAreSentWithinASecondOfTheFirstThatComesThrough(long seed) {
    var random = new Random(seed);
    int pending = 1 + random.nextInt(200);
    long heal = ms(random.nextInt(40_000));
    long stuckFor = ms(1 + random.nextInt(2_000));
    boolean http = random.nextBoolean();
    var way = http ? new Way(4, 8, true, sent::add) : new Way(500, 500, false, sent::add);
    var returns = new PriorityQueue<Return>((a, b) -> Long.compare(a.at(), b.at()));
    Set<Claim> through = new HashSet<>();
    claims(pending).forEach(way::want);
    long firstThrough = Long.MAX_VALUE;
    for (long now = 0; through.size() < pending; now += STEP) {
      assertThat(now).as("seed " + seed + " ends").isLessThan(heal + ms(60_000));
      while (!returns.isEmpty() && returns.peek().at() <= now) {
        Return back = returns.poll();
        if (back.ok()) {
          way.succeeded(back.claim(), now);
          through.add(back.claim());
          firstThrough = Math.min(firstThrough, now);
        } else {
          way.failed(back.claim(), now);
        }
      }
      way.go(now);
      for (Claim one : sent) {
        returns.add(new Return(now + (now >= heal ? ms(5) : stuckFor), one, now >= heal));
      }
      sent.clear();
      if (through.size() == pending) {
        long longestStuck = http ? 0 : stuckFor; // what cannot be repeated must come back first
        assertThat(firstThrough - heal).isLessThanOrEqualTo(ms(510) + longestStuck);
        assertThat(now - firstThrough).isLessThanOrEqualTo(ms(1000) + longestStuck);
      }
    }
  }

  @Test
  void aDeadWayCostsTwoMessagesASecondWhateverWaits() {
    var way = new Way(500, 500, false, sent::add);
    var all = claims(200);
    all.forEach(way::want);
    way.go(0);
    all.forEach(claim -> way.failed(claim, ms(10)));
    sent.clear();
    for (long now = ms(10); now < ms(60_010); now += STEP) {
      int before = sent.size();
      way.go(now);
      for (Claim one : List.copyOf(sent.subList(before, sent.size()))) {
        way.failed(one, now);
      }
    }
    assertThat(sent).hasSizeBetween(118, 120);
    assertThat(new HashSet<>(sent)).as("each in its turn").hasSameSizeAs(sent);
  }

  @Test
  void oneThatIsRefusedAloneHoldsUpNoOther() {
    var way = new Way(500, 500, false, sent::add);
    Claim poisoned = claim(1);
    way.want(poisoned);
    way.go(0);
    way.failed(poisoned, ms(1));
    for (int n = 2; n < 50; n++) {
      Claim good = claim(n);
      way.want(good);
      way.go(ms(1000 + n));
      if (!sent.contains(good)) {
        way.go(ms(1500 + n));
      }
      assertThat(sent).contains(good);
      way.succeeded(good, ms(1500 + n));
    }
  }

  @Test
  void noMoreAreUnderWayThanThereIsRoom() {
    var way = new Way(4, 8, true, sent::add);
    claims(200).forEach(way::want);
    way.go(0);
    assertThat(sent).hasSize(4);
    for (long now = 0; now < ms(30_000); now += STEP) {
      way.go(now);
    }
    assertThat(sent).hasSize(8);
    assertThat(way.nextAt()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatIsStuckIsSentOnceMoreWhereThatIsAllowed() {
    var way = new Way(4, 8, true, sent::add);
    Claim only = claim(1);
    way.want(only);
    way.go(0);
    assertThat(way.nextAt()).isEqualTo(ms(500));
    way.go(ms(500));
    assertThat(sent).containsExactly(only, only);
    way.succeeded(only, ms(510));
    way.failed(only, ms(2000));
    assertThat(way.nextAt()).as("it is through").isEqualTo(Long.MAX_VALUE);
  }
}
