package holter.lab.run;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.fleet.LabClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks every replica ten times a second whether it leads, each on a thread of its own, so that one
 * that is stopped delays none of the others. What a replica says of itself is what it is: a stopped
 * leader says nothing. Thread-safe.
 */
final class LeaderSight implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final int LED_MAX = 10_000;

  private final List<String> urls;
  private final LabClock clock;
  private final Map<Integer, Seen> latest = new ConcurrentHashMap<>();
  private final List<Led> led = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile int leader;
  private long highest = -1;

  /** A replica was seen leading by an epoch for the first time. */
  record Led(long atMs, int replica, long epoch) {}

  /**
   * What a replica said of itself.
   *
   * @param alive how many workers it holds for alive
   * @param healthy how many paths it holds for healthy
   */
  record Seen(long atMs, boolean leads, long epoch, int alive, int healthy) {
    private static final Seen NOTHING = new Seen(Long.MIN_VALUE / 2, false, -1, -1, -1);
  }

  LeaderSight(List<String> urls, LabClock clock) {
    this.urls = urls;
    this.clock = clock;
  }

  /** A single one is not asked: it leads. */
  void start() {
    if (urls.size() == 1) {
      return;
    }
    for (int n = 0; n < urls.size(); n++) {
      int replica = n;
      threads.add(Thread.ofVirtual().name("lab-leader-sight-" + n).start(() -> watch(replica)));
    }
  }

  private void watch(int replica) {
    try (var api = new HolterApi(() -> urls.get(replica), DEADLINE)) {
      while (!Thread.currentThread().isInterrupted()) {
        var answer = api.get("/api/v1/status");
        seen(replica, answer);
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void seen(int replica, Optional<JsonNode> answer) {
    if (answer.isEmpty()) {
      latest.remove(replica);
      return;
    }
    var status = answer.get();
    long epoch = status.path("leaderEpoch").asLong();
    var seen =
        new Seen(
            clock.nowMs(),
            status.path("leading").asBoolean(),
            epoch,
            status.path("instances").path("alive").asInt(),
            status.path("partitions").path("healthy").asInt());
    latest.put(replica, seen);
    if (seen.leads() && epoch > highest && led.size() < LED_MAX) {
      highest = epoch;
      leader = replica;
      led.add(new Led(seen.atMs(), replica, epoch));
    }
  }

  /** Who was seen leading by the highest epoch; the first one before anybody was. */
  int leader() {
    return leader;
  }

  /** What each replica said when it was asked last; nothing of one that did not answer. */
  List<Seen> latest() {
    return java.util.stream.IntStream.range(0, urls.size())
        .mapToObj(n -> latest.getOrDefault(n, Seen.NOTHING))
        .toList();
  }

  /** Each leadership that was seen, in order. */
  synchronized List<Led> led() {
    return List.copyOf(led);
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
