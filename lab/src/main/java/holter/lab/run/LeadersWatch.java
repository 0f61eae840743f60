package holter.lab.run;

import holter.lab.fleet.LabClock;
import holter.lab.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Who leads the heartbeats' partitions and who is in sync, by the cluster's own word and by a way
 * of the lab's own. Keeps what changed. Thread-safe.
 */
final class LeadersWatch implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(250);
  private static final int DEADLINE_MS = 2_000;
  private static final int LOOKS_MAX = 10_000;

  /**
   * One partition.
   *
   * @param leader −1 for none
   */
  record Led(int partition, int leader, List<Integer> isr) {
    Led {
      isr = List.copyOf(isr);
    }
  }

  /** All partitions from this moment on. */
  record Look(long atMs, List<Led> led) {
    Look {
      led = List.copyOf(led);
    }
  }

  private final Admin admin;
  private final LabClock clock;
  private final List<Look> looks = new ArrayList<>();
  private final Thread thread;

  LeadersWatch(String bootstrap, LabClock clock) {
    this.clock = clock;
    this.admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", bootstrap,
                "request.timeout.ms", DEADLINE_MS / 2,
                "default.api.timeout.ms", DEADLINE_MS));
    this.thread = Thread.ofVirtual().name("lab-leaders").start(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      var topic = List.of(Scenario.HEARTBEAT);
      var told =
          admin
              .describeTopics(topic)
              .allTopicNames()
              .get(DEADLINE_MS, TimeUnit.MILLISECONDS)
              .get(Scenario.HEARTBEAT);
      if (told != null) {
        seen(
            told.partitions().stream()
                .map(
                    p ->
                        new Led(
                            p.partition(),
                            p.leader() == null ? -1 : p.leader().id(),
                            p.isr().stream().map(node -> node.id()).sorted().toList()))
                .toList());
      }
    } catch (ExecutionException | TimeoutException untold) {
      return; // the next look tells
    }
  }

  private synchronized void seen(List<Led> now) {
    boolean changed = looks.isEmpty() || !looks.getLast().led().equals(now);
    if (changed && looks.size() < LOOKS_MAX) {
      looks.add(new Look(clock.nowMs(), now));
    }
  }

  /** Every change so far, oldest first. */
  synchronized List<Look> looks() {
    return List.copyOf(looks);
  }

  @Override
  public void close() {
    thread.interrupt();
    admin.close(Duration.ZERO);
  }
}
