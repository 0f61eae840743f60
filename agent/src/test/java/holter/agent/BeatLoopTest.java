package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BeatLoopTest {
  private static final class Remembered implements BeatPath {
    final List<Beat> beats = new CopyOnWriteArrayList<>();

    @Override
    public void offer(Beat beat) {
      beats.add(beat);
    }

    @Override
    public void close(long deadlineNanos) {}
  }

  private final Remembered path = new Remembered();
  private final List<String> said = new ArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private BeatLoop loop = loop(() -> 0);

  private BeatLoop loop(LongSupplier work) {
    var who = new Identity("dac-1", new Incarnation(1, "b"), 100, "", "");
    return new BeatLoop(who, work, () -> DtuDigest.NONE, List.of(path), new Notices(said::add));
  }

  private void start(LongSupplier work) {
    loop = loop(work);
    loop.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    released.countDown();
    loop.stop();
  }

  @Test
  void slotsLieOnAGridAndMissedOnesAreNotMadeUpFor() {
    assertThat(BeatLoop.nextSlot(1000, 1003, 100)).isEqualTo(1100);
    assertThat(BeatLoop.nextSlot(1000, 1100, 100)).isEqualTo(1200);
    assertThat(BeatLoop.nextSlot(1000, 13_456, 100)).isEqualTo(13_500);
    assertThat(BeatLoop.nextSlot(1000, 990, 100)).isEqualTo(1100);
  }

  @Test
  void everyBeatHasTheNextNumber() throws InterruptedException {
    start(() -> 5);
    await().until(() -> path.beats.size() >= 4);
    loop.stop();
    assertThat(path.beats).extracting(Beat::seq).startsWith(1L, 2L, 3L, 4L);
    assertThat(path.beats).allMatch(beat -> beat.work() == 5);
  }

  @Test
  void theLastBeatsOfAPlannedStopSayThatItIsPlanned() throws InterruptedException {
    start(() -> 0);
    await().until(() -> !path.beats.isEmpty());
    loop.stop();
    int beats = path.beats.size();
    assertThat(path.beats.subList(beats - BeatLoop.PLANNED_BEATS, beats)).allMatch(Beat::planned);
    assertThat(path.beats.subList(0, beats - BeatLoop.PLANNED_BEATS)).noneMatch(Beat::planned);
  }

  @Test
  void aWorkerWhoseCounterCannotBeReadStopsBeatingAndItsAgeGrows() {
    start(
        () -> {
          awaitRelease();
          return 0;
        });
    await().until(() -> loop.ageMs() > 400);
    assertThat(path.beats).isEmpty();
    released.countDown();
    await().until(() -> path.beats.size() > 1 && loop.ageMs() < 400);
  }

  @Test
  void aTurnThatHangsIsNotTakenForABeat() {
    var reads = new AtomicInteger();
    var ageAtTheHang = new AtomicLong(-1);
    start(
        () -> {
          if (reads.incrementAndGet() < 3) {
            return 0;
          }
          ageAtTheHang.compareAndSet(-1, loop.ageMs());
          awaitRelease();
          return 0;
        });
    await().until(() -> ageAtTheHang.get() >= 0);
    assertThat(ageAtTheHang.get()).as("since the last beat, one interval ago").isGreaterThan(40);
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aCounterThatThrowsIsToldOnceAndLeftOut() {
    start(
        () -> {
          throw new IllegalStateException("no such gauge");
        });
    await().until(() -> path.beats.size() >= 3);
    assertThat(path.beats).allMatch(beat -> beat.work() == -1);
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("no such gauge");
  }
}
