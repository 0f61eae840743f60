package holter.lab.sim;

import holter.detect.DeathProof;
import holter.detect.ProbeOutcome;
import holter.engine.Input;
import holter.fleet.Beat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A fleet, its channel and one observer, in virtual time. The truth is here; the detector learns
 * only what it could learn in reality. The same seed gives the same faults, deaths and delays
 * whatever the detector does.
 *
 * <pre>worker -> path -> inbox -> detector      lane -> inbox      probe -> inbox</pre>
 */
public final class SimWorld {
  public static final long TICK_MS = 100;

  private static final long PROBE_TIMEOUT_MS = 700;

  /**
   * After a pause of its own the observer has what was sent meanwhile a fetch later, and lanes and
   * probes answer before: 196 ms on the real brokers of {@code holter lab run detect-e}.
   */
  private static final long CATCH_UP_MS = 200;

  private final SimSettings fleet;
  private final EventQueue queue = new EventQueue();
  private final SimWorker[] workers;
  private final SimPath[] paths;
  private final SimHost[] hosts;
  private final List<Runnable> inbox = new ArrayList<>();
  private final List<Runnable> unread = new ArrayList<>();
  private final Detector detector;
  private final Senders senders;
  private final SimEars ears;
  private final Laws laws;
  private final SimRunner runner = new SimRunner(this);
  private final Truth truth = new Truth();
  private final Ailments ailments = new Ailments(this);
  private boolean probesPass = true;
  private long pausedUntilMs = -1;
  private long readsFromMs = -1;
  private long wallAheadMs;
  private int underFault;
  private long secondPathMs = -1;

  public SimWorld(SimSettings fleet, long seed, Detector.Maker maker) {
    this.fleet = fleet;
    var random = new SplittableRandom(seed);
    workers = new SimWorker[fleet.workers()];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new SimWorker(i, fleet, random.split());
    }
    paths = new SimPath[fleet.partitions()];
    for (int p = 0; p < paths.length; p++) {
      paths[p] = new SimPath(random.split());
    }
    hosts = new SimHost[fleet.hosts()];
    Arrays.setAll(hosts, SimHost::new);
    laws = new Laws(this);
    senders = new Senders(this);
    ears = new SimEars(this);
    detector = maker.make(fleet, new SimHands(this));
    begin();
  }

  private void begin() {
    detector.learnt(new Input.Leading(true, 1));
    detector.learnt(new Input.Mapped(ears.map()));
    for (var worker : workers) {
      senders.begins(worker);
    }
    ears.begin();
  }

  void learns(Input input) {
    inbox.add(() -> detector.learnt(input));
  }

  /** A beat came to whoever reads them. */
  void arrives(int number, Beat beat) {
    (reads() ? inbox : unread)
        .add(
            () -> {
              truth.heard(number, queue.nowMs());
              detector.heard(number, beat, queue.nowMs(), wallMs());
            });
  }

  /** Whether records of a host's workers get to the brokers. */
  boolean reachesKafka(int host) {
    return hosts[host].reachesKafka;
  }

  /** Somebody knocks at every host's exporter from now on. */
  void knocks() {
    ears.knocks(hosts);
  }

  void ask(int number) {
    var worker = workers[number];
    long asked = queue.nowMs();
    var outcome = worker.asked(asked, probesPass && hosts[worker.host].lives);
    long after = outcome instanceof ProbeOutcome.TimedOut ? PROBE_TIMEOUT_MS : 20;
    queue.at(asked + after, () -> learns(new Input.Probed(worker.id, asked, outcome)));
  }

  void sample(int partition) {
    ears.sample(partition);
  }

  /** The detector holds a worker to be this from now on. */
  void turns(int number, String verdict) {
    int open = verdict.indexOf('(');
    String of = open < 0 ? "" : verdict.substring(open + 1, verdict.length() - 1);
    switch (open < 0 ? verdict : verdict.substring(0, open)) {
      case "Dead" -> {
        laws.died(number, DeathProof.valueOf(of));
        holdsForDead(number);
      }
      case "Held" -> {
        truth.held(number, of, laws.rightly(number, of), queue.nowMs());
        if (GATED.contains(of)) {
          holdsForDead(number); // only of the dead it is asked whether they may be restarted
        }
      }
      case "Alive" -> truth.released(number);
      default -> {}
    }
  }

  private static final Set<String> GATED = Set.of("BUDGET", "BREAKER", "NOT_LEADER");

  void holdsForDead(int number) {
    if (!laws.starting(number)) {
      truth.heldForDead(number, workers[number].life, ailments.unhearableMs(number), queue.nowMs());
    }
  }

  /** Runs until {@code ms}: events first, then one turn of the detector. */
  public void runTo(long ms) {
    while (queue.nowMs() < ms) {
      queue.runThrough(queue.nowMs() + TICK_MS);
      if (underFault > 0) {
        truth.exposed(TICK_MS * running());
      }
      if (!paused()) {
        turnDetector();
      }
    }
  }

  private long running() {
    return Arrays.stream(workers).filter(w -> w.life == Life.RUNNING).count();
  }

  private void turnDetector() {
    boolean woke = pausedUntilMs >= 0;
    if (woke) {
      pausedUntilMs = -1;
      detector.tick(queue.nowMs(), wallMs()); // a loop that slept ticks before it drains
    }
    var due = List.copyOf(inbox);
    inbox.clear();
    due.forEach(Runnable::run);
    detector.tick(queue.nowMs(), wallMs());
  }

  /** Whether beats are read as they come: not in a pause, and not before it was caught up. */
  boolean reads() {
    return queue.nowMs() >= readsFromMs;
  }

  boolean paused() {
    return queue.nowMs() < pausedUntilMs;
  }

  private long wallMs() {
    return queue.nowMs() + wallAheadMs;
  }

  public long nowMs() {
    return queue.nowMs();
  }

  public SimSettings fleet() {
    return fleet;
  }

  public Truth truth() {
    return truth;
  }

  SimWorker worker(int number) {
    return workers[number];
  }

  SimPath path(int partition) {
    return paths[partition];
  }

  SimRunner runner() {
    return runner;
  }

  Senders senders() {
    return senders;
  }

  Laws laws() {
    return laws;
  }

  int hosts() {
    return hosts.length;
  }

  EventQueue queue() {
    return queue;
  }

  Detector detector() {
    return detector;
  }

  void fault(boolean begins) {
    underFault += begins ? 1 : -1;
  }

  /** Agents beat by HTTP while Kafka is silent; a life's first call takes up to so long. */
  void secondPath(long firstCallMs) {
    secondPathMs = firstCallMs;
  }

  /** How long a first call may take; −1 when there is no second path. */
  long secondPathMs() {
    return secondPathMs;
  }

  void probesPass(boolean pass) {
    ailments.probes(queue.nowMs());
    probesPass = pass;
  }

  boolean probesPass() {
    return probesPass;
  }

  Ailments ailments() {
    return ailments;
  }

  SimHost host(int number) {
    return hosts[number];
  }

  void pause(long forMs) {
    pausedUntilMs = queue.nowMs() + forMs;
    ailments.observer(pausedUntilMs);
    long wakes = pausedUntilMs;
    readsFromMs = wakes + CATCH_UP_MS;
    queue.at(wakes, () -> detector.learnt(new Input.Self(forMs, 0)));
    queue.at(readsFromMs, this::catchUp);
  }

  private void catchUp() {
    if (reads()) {
      inbox.addAll(unread);
      unread.clear();
    }
  }

  void stepWall(long byMs) {
    wallAheadMs += byMs;
    ailments.observer(queue.nowMs());
    learns(new Input.Self(0, byMs));
  }

  void comesBack(SimWorker worker) {
    worker.starts(queue.nowMs());
    senders.begins(worker);
  }
}
