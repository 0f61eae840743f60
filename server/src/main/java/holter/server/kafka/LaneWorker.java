package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.channel.PartitionMap;
import holter.server.kafka.BrokerLink.Line;
import holter.server.kafka.BrokerLink.Trouble;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of the partitions that one broker leads, on one thread and two connections: one writes,
 * one reads. All of them sample in the same moment, so that a round costs one write and about one
 * fetch, however many there are.
 */
final class LaneWorker implements LeaderWorker {
  private static final Logger LOG = LoggerFactory.getLogger(LaneWorker.class);

  /** The longest nap: the grain of deadlines. */
  private static final long NAP_MS = 50;

  /** So many times faster lanes sample while one of them heals, or is asked for a sample. */
  private static final int FASTER = 5;

  private final Lanes lanes;
  private final LaneSettings settings;
  private final BrokerNode broker;
  private final Map<Integer, Lane> mine = new TreeMap<>();
  private volatile List<PartitionMap> assigned = List.of();
  private volatile @Nullable BrokerLink link;
  private volatile boolean closed;
  private volatile boolean hurried;
  private long lastRoundMs;
  private long nextRoundMs;
  private int writeFailures;
  private int readFailures;

  LaneWorker(Lanes lanes, BrokerNode broker) {
    this.lanes = lanes;
    this.settings = lanes.settings();
    this.broker = broker;
    long everyMs = settings.every().toMillis();
    this.nextRoundMs = lanes.nowMs() + Math.floorMod(broker.id() * 137L, everyMs); // spread load
    DaemonThreads.of("lanes-" + broker.id()).newThread(this::run).start();
  }

  @Override
  public void assign(List<PartitionMap> partitions) {
    assigned = List.copyOf(partitions);
  }

  @Override
  public void hurry(int partition) {
    if (assigned.stream().anyMatch(p -> p.partition() == partition)) {
      hurried = true;
      wake();
    }
  }

  @Override
  public void close() {
    closed = true;
    wake();
  }

  private void wake() {
    BrokerLink open = link;
    if (open != null) {
      open.wakeup();
    }
  }

  private void run() {
    try (BrokerLink open = lanes.open(broker)) {
      link = open;
      var wire = new LaneWire(lanes, broker, open, mine);
      while (!closed) {
        follow();
        round();
        line(open, Line.WRITE, wire);
        line(open, Line.READ, wire);
        expire();
        reap();
        lanes.count(broker, open.bytesOut(), open.bytesIn());
        open.poll(Math.clamp(nextRoundMs - lanes.nowMs(), 1, NAP_MS));
      }
      lanes.settle(broker);
    } catch (RuntimeException bug) {
      if (!closed) {
        LOG.atError().addKeyValue("broker", broker.id()).setCause(bug).log("lanes died");
        lanes.died(broker);
      }
    } finally {
      mine.values().forEach(lane -> voidAll(lane, "the partition has another leader"));
      reap();
    }
  }

  /** Takes over what was assigned, and lets go what was taken away. */
  private void follow() {
    List<PartitionMap> now = assigned;
    mine.values()
        .removeIf(
            lane -> {
              boolean gone = now.stream().noneMatch(p -> p.partition() == lane.partition());
              if (gone) {
                voidAll(lane, "the partition has another leader");
                lane.reap(lanes::emit);
              }
              return gone;
            });
    for (PartitionMap partition : now) {
      mine.computeIfAbsent(partition.partition(), n -> new Lane(n, partition.leaderEpoch()))
          .epoch(partition.leaderEpoch(), lanes.nowMs());
    }
  }

  private void round() {
    long now = lanes.nowMs();
    long fastMs = settings.every().toMillis() / FASTER;
    if (hurried && lastRoundMs + fastMs < nextRoundMs) {
      nextRoundMs = lastRoundMs + fastMs;
    }
    if (now < nextRoundMs) {
      return;
    }
    hurried = false;
    lastRoundMs = now;
    boolean healing = mine.values().stream().anyMatch(Lane::healing);
    long everyMs = healing ? fastMs : settings.every().toMillis();
    nextRoundMs += everyMs * (1 + (now - nextRoundMs) / everyMs); // what we slept through is lost
    for (Lane lane : mine.values()) {
      boolean writes = lanes.mayWrite(lane, broker.id());
      lane.add(new Sample(lane.partition(), broker.id(), lane.leaderEpoch(), writes, now));
    }
  }

  /** Opens a line that is needed, sends what waits for it, and tells the samples of a refusal. */
  private void line(BrokerLink open, Line line, LaneWire wire) {
    boolean writing = line == Line.WRITE;
    Predicate<Sample> waits =
        writing ? s -> s.writes() && s.waiting() : s -> s.acked() || (!s.writes() && s.waiting());
    boolean wanted = mine.values().stream().anyMatch(lane -> lane.any(waits));
    if (!wanted) {
      return;
    }
    if (open.ready(line)) {
      if (writing) {
        wire.write();
      } else if (open.idle(line)) {
        wire.read(nextRoundMs);
      }
    }
    int failures = open.failures(line);
    if (failures != (writing ? writeFailures : readFailures)) {
      refuse(open.trouble(line), waits);
      lanes.maps().refreshSoon();
    }
    if (writing) {
      writeFailures = failures;
    } else {
      readFailures = failures;
    }
  }

  private void refuse(Trouble trouble, Predicate<Sample> waiting) {
    long now = lanes.nowMs();
    for (Lane lane : mine.values()) {
      for (Sample sample : lane.underWay()) {
        if (waiting.test(sample)) {
          switch (trouble) {
            case REFUSED -> sample.refused("CONNECTION_REFUSED", now);
            case REJECTED, UNTRUSTED -> sample.failed("AUTHENTICATION_FAILED", now);
            case UNRESOLVED -> sample.failed("UNRESOLVED", now);
            case NONE, SILENT -> {} // the deadline decides
          }
        }
      }
    }
  }

  private void expire() {
    long now = lanes.nowMs();
    for (Lane lane : mine.values()) {
      for (Sample sample : lane.underWay()) {
        if (now - sample.sentAtMs() >= settings.deadline().toMillis()) {
          sample.expire(sample.waiting() ? "CONNECT_TIMEOUT" : "TIMEOUT", now);
        }
      }
    }
  }

  private void reap() {
    mine.values().forEach(lane -> lane.reap(lanes::emit));
  }

  private void voidAll(Lane lane, String why) {
    lane.underWay().forEach(sample -> sample.voided(why, lanes.nowMs()));
  }
}
