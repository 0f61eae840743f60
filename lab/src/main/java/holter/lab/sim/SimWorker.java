package holter.lab.sim;

import holter.detect.ProbeOutcome;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SendResult;
import holter.fleet.SenderKind;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;

/** One simulated worker process: its life, its schedule, its host. */
final class SimWorker {
  final int number;
  final InstanceId id;
  int host;
  final SplittableRandom random;
  Life life = Life.RUNNING;
  long incarnation = 1;
  long seq = -1;
  long work;
  long lastTurnMs;

  /** When this life began; its first beats may not have come yet. */
  long bornMs = -1_000_000;

  long lastAckMs = -1;
  long blockedUntilMs = -1;
  long calledLife;
  long callsFromMs;

  /** Counts up with each start, so that a schedule of an earlier life ends. */
  int schedule;

  boolean saysGoodbye;
  private final SimSettings fleet;
  private final int start;
  private final int stride;
  private final ArrayDeque<SendResult> results = new ArrayDeque<>();

  SimWorker(int number, SimSettings fleet, SplittableRandom random) {
    this.number = number;
    this.fleet = fleet;
    this.random = random;
    this.id = new InstanceId("dac-%03d".formatted(number));
    this.host = number % fleet.hosts();
    this.start = random.nextInt(fleet.partitions());
    this.stride = 1 + random.nextInt(Math.max(1, fleet.partitions() - 1));
  }

  String hostName() {
    return "host-%02d".formatted(host);
  }

  private boolean agent() {
    return fleet.askable() && fleet.rotating();
  }

  int partition() {
    return fleet.rotating()
        ? (int) Math.floorMod(start + seq * stride, (long) fleet.partitions())
        : start;
  }

  private SenderKind kind() {
    return agent()
        ? SenderKind.AGENT
        : fleet.rotating() ? SenderKind.FOREIGN_KEYLESS : SenderKind.FOREIGN_KEYED;
  }

  Beat beat(int partition, long offset, long nowMs) {
    List<SendResult> told = fleet.askable() ? List.copyOf(results) : List.of();
    results.clear();
    return new Beat(
        new Beat.Sender(id, new Incarnation(incarnation, "boot-" + incarnation), kind()),
        seq,
        fleet.intervalMs(),
        new Beat.Place(partition, offset, nowMs),
        nowMs,
        work,
        saysGoodbye,
        told,
        fleet.askable() ? "http://" + hostName() + ":7410" : "",
        hostName());
  }

  /** What became of a send, to be told in the next beats. */
  void result(int partition, long ofSeq, long ackMs, long nowMs) {
    if (results.size() >= 2 * fleet.partitions()) {
      results.removeFirst();
    }
    results.addLast(new SendResult(partition, ofSeq, ackMs, ackMs < 0 ? "TIMEOUT" : ""));
    lastAckMs = ackMs < 0 ? lastAckMs : nowMs;
  }

  /** What it answers when asked, over a path that is well. */
  ProbeOutcome asked(long nowMs, boolean hostLives) {
    if (!hostLives) {
      return new ProbeOutcome.TimedOut(false, false);
    }
    return switch (life) {
      case RUNNING, IDLE -> answer(nowMs, 20 + random.nextInt(200));
      case HUNG -> answer(nowMs, nowMs - lastTurnMs);
      case STOPPED -> new ProbeOutcome.TimedOut(true, true);
      case EXITED, PLANNED, BOOTING -> new ProbeOutcome.Refused();
      case VANISHED -> new ProbeOutcome.TimedOut(false, true);
    };
  }

  private ProbeOutcome answer(long nowMs, long beatAgeMs) {
    return new ProbeOutcome.Answered(
        incarnation, seq, lastAckMs < 0 ? -1 : nowMs - lastAckMs, work, beatAgeMs);
  }

  void dies(Life how) {
    life = how;
  }

  void starts(long nowMs) {
    bornMs = nowMs;
    life = Life.RUNNING;
    incarnation++;
    seq = -1;
    saysGoodbye = false;
    blockedUntilMs = -1;
    results.clear();
  }
}
