package holter.lab.sim;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import holter.channel.PartitionMap;
import holter.detect.ProbeOutcome;
import holter.detect.RestartTruth;
import holter.engine.Input;
import holter.fleet.Beat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** From an order until the worker beats again. */
  static final long BOOT_MS = 20_000;

  private static final long PROBE_TIMEOUT_MS = 700;
  private static final long RUNNER_MS = 300;

  private final SimSettings fleet;
  private final EventQueue queue = new EventQueue();
  private final SplittableRandom random;
  private final SimWorker[] workers;
  private final SimPath[] paths;
  private final boolean[] hostToKafka;
  private final List<Runnable> inbox = new ArrayList<>();
  private final Detector detector;
  private final Senders senders;
  private final Truth truth = new Truth();
  private boolean probesPass = true;
  private long pausedUntilMs = -1;
  private long wallAheadMs;
  private long highestEpoch = -1;
  private int underFault;

  public SimWorld(SimSettings fleet, long seed, Detector.Maker maker) {
    this.fleet = fleet;
    this.random = new SplittableRandom(seed);
    workers = new SimWorker[fleet.workers()];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new SimWorker(i, fleet, random.split());
    }
    paths = new SimPath[fleet.partitions()];
    for (int p = 0; p < paths.length; p++) {
      paths[p] = new SimPath(random.split());
    }
    hostToKafka = all(fleet.hosts());
    senders = new Senders(this);
    detector = maker.make(fleet, new SimHands(this));
    begin();
  }

  private static boolean[] all(int count) {
    var up = new boolean[count];
    Arrays.fill(up, true);
    return up;
  }

  private void begin() {
    detector.learnt(new Input.Leading(true, 1));
    detector.learnt(new Input.Mapped(map()));
    for (var worker : workers) {
      senders.begins(worker);
    }
    for (int p = 0; p < paths.length; p++) {
      int partition = p;
      queue.at(100 + 190L * p, () -> lane(partition));
      queue.at(50 + 40L * p, () -> read(partition));
    }
  }

  /** One broker per partition, all others follow. */
  private ClusterMap map() {
    var brokers = new ArrayList<BrokerNode>();
    var partitions = new ArrayList<PartitionMap>();
    for (int p = 0; p < paths.length; p++) {
      brokers.add(new BrokerNode(1001 + p, "broker-" + (1001 + p), 9092));
      var replicas = new ArrayList<Integer>();
      for (int r = 0; r < Math.min(3, paths.length); r++) {
        replicas.add(1001 + (p + r) % paths.length);
      }
      partitions.add(new PartitionMap(p, 1001 + p, 1, replicas, replicas));
    }
    return new ClusterMap("HeartBeat", brokers, partitions, queue.nowMs(), "kafka:1001");
  }

  private void lane(int p) {
    queue.at(queue.nowMs() + 1_000, () -> lane(p));
    if (paused()) {
      return;
    }
    long sent = queue.nowMs();
    var outcome = paths[p].sample();
    long ended = sent + SimPath.endsAfterMs(outcome);
    queue.at(
        ended,
        () -> {
          var seen = paused() ? new LaneOutcome.Unacked("TIMEOUT") : outcome;
          learns(new Input.Sampled(new LaneSample(p, 1001 + p, 1, sent, ended, seen)));
        });
  }

  private void read(int p) {
    queue.at(queue.nowMs() + 200, () -> read(p));
    if (!paused() && paths[p].reads()) {
      learns(new Input.ReadThrough(p, queue.nowMs() - paths[p].readerLagMs));
    }
  }

  void learns(Input input) {
    inbox.add(() -> detector.learnt(input));
  }

  /** A beat came to whoever reads them. */
  void arrives(int number, Beat beat) {
    inbox.add(() -> detector.heard(number, beat, queue.nowMs(), wallMs()));
  }

  /** Whether records of a host's workers get to the brokers. */
  boolean reachesKafka(int host) {
    return hostToKafka[host];
  }

  void ask(int number) {
    var worker = workers[number];
    long asked = queue.nowMs();
    var outcome = probesPass ? worker.asked(asked) : new ProbeOutcome.TimedOut(false, false);
    long after = outcome instanceof ProbeOutcome.TimedOut ? PROBE_TIMEOUT_MS : 20;
    queue.at(asked + after, () -> learns(new Input.Probed(worker.id, asked, outcome)));
  }

  void restart(int number) {
    var worker = workers[number];
    truth.restarted(number, worker.life, queue.nowMs());
    boots(worker);
  }

  private void boots(SimWorker worker) {
    worker.life = Life.BOOTING;
    int schedule = ++worker.schedule;
    queue.at(
        queue.nowMs() + BOOT_MS,
        () -> {
          if (worker.schedule == schedule && worker.life == Life.BOOTING) {
            worker.starts();
            senders.begins(worker);
          }
        });
  }

  /** An order as the runner takes it: a lower epoch or another life is refused. */
  void restart(int number, String key, long life, long epoch) {
    var worker = workers[number];
    boolean refused = epoch < highestEpoch || life != worker.incarnation;
    highestEpoch = Math.max(highestEpoch, epoch);
    var was = worker.life;
    if (!refused) {
      restart(number);
    }
    var said =
        switch (was) {
          case RUNNING, IDLE -> RestartTruth.HEALTHY;
          case STOPPED -> RestartTruth.STOPPED;
          case HUNG -> RestartTruth.HUNG;
          case EXITED, VANISHED, BOOTING, PLANNED -> RestartTruth.EXITED;
        };
    queue.at(
        queue.nowMs() + RUNNER_MS,
        () -> learns(new Input.Restarted(key, !refused, said, refused ? "fenced" : "")));
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

  private boolean paused() {
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

  EventQueue queue() {
    return queue;
  }

  Detector detector() {
    return detector;
  }

  void fault(boolean begins) {
    underFault += begins ? 1 : -1;
  }

  void probesPass(boolean pass) {
    probesPass = pass;
  }

  void hostToKafka(int host, boolean passes) {
    hostToKafka[host] = passes;
  }

  void pause(long forMs) {
    pausedUntilMs = queue.nowMs() + forMs;
    long wakes = pausedUntilMs;
    queue.at(wakes, () -> detector.learnt(new Input.Self(forMs, 0)));
  }

  void stepWall(long byMs) {
    wallAheadMs += byMs;
    learns(new Input.Self(0, byMs));
  }

  void comesBack(SimWorker worker) {
    worker.starts();
    senders.begins(worker);
  }

  SplittableRandom random() {
    return random;
  }
}
