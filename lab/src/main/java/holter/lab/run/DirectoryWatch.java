package holter.lab.run;

import holter.lab.fleet.LabClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks Holter's directory for every DTU that dialled, until it names the worker that the DTU really
 * sits at. Thread-safe.
 */
final class DirectoryWatch {
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HolterApi api;
  private final LabClock clock;
  private final Map<String, Dial> newest = new LinkedHashMap<>();
  private final List<Visible> visible = new ArrayList<>();

  /** A DTU dialled a worker. */
  record Dial(String dtu, String dac, long atMs) {}

  /**
   * How one dial went.
   *
   * @param visibleAfterMs from the dial until the directory named the worker; −1 for never
   */
  record Visible(Dial dial, long visibleAfterMs) {}

  DirectoryWatch(HolterApi api, LabClock clock) {
    this.api = api;
    this.clock = clock;
  }

  /** From now on this DTU belongs to that worker. */
  void dialled(String dtu, String dac) {
    var dial = new Dial(dtu, dac, clock.nowMs());
    synchronized (this) {
      newest.put(dtu, dial);
    }
    Thread.ofVirtual().name("lab-directory-" + dtu).start(() -> await(dial));
  }

  /** The DTU belongs to nobody: it hung up. */
  synchronized void hungUp(String dtu) {
    newest.remove(dtu);
  }

  private void await(Dial dial) {
    long deadlineMs = dial.atMs() + PATIENCE.toMillis();
    while (clock.nowMs() < deadlineMs && isNewest(dial)) {
      if (dial.dac().equals(owner(dial.dtu()))) {
        seen(new Visible(dial, clock.nowMs() - dial.atMs()));
        return;
      }
      try {
        Thread.sleep(PERIOD);
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    seen(new Visible(dial, -1));
  }

  private synchronized boolean isNewest(Dial dial) {
    return dial.equals(newest.get(dial.dtu()));
  }

  private synchronized void seen(Visible one) {
    visible.add(one);
  }

  private String owner(String dtu) {
    return api.get("/api/v1/dtus/" + HolterApi.segment(dtu))
        .map(route -> route.path("instance").asText())
        .orElse("");
  }

  /** How each dial went so far, in the order of becoming visible. */
  synchronized List<Visible> seen() {
    return List.copyOf(visible);
  }

  /** DTUs whose newest dial the directory does not show now: nobody, or a stale owner. */
  List<Wrong> wrongNow() {
    List<Dial> dials;
    synchronized (this) {
      dials = List.copyOf(newest.values());
    }
    return dials.stream()
        .map(dial -> new Wrong(dial, owner(dial.dtu())))
        .filter(wrong -> !wrong.owner().equals(wrong.dial().dac()))
        .toList();
  }

  /** A DTU and whom the directory names instead; empty for nobody. */
  record Wrong(Dial dial, String owner) {}
}
