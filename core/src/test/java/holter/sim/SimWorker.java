package holter.sim;

import holter.detect.ProbeOutcome;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SenderKind;
import java.util.List;

/** A worker process in truth: its life, its schedule, its host. */
final class SimWorker {
  enum Life {
    RUNNING,
    KILLED,
    HUNG,
    STOPPED
  }

  final InstanceId id;
  final SenderKind kind;
  final long intervalMs;
  final String host;
  final int start;
  final int stride;
  Life life = Life.RUNNING;
  long incarnation;
  long seq;
  long nextBeatMs;
  long stuckSinceMs = -1;
  long diedMs = -1;

  /** When the engine ordered its restart after its last death; −1 while it did not. */
  long foundMs = -1;

  boolean planned;

  SimWorker(String name, SenderKind kind, long intervalMs, String host, int number) {
    this.id = new InstanceId(name);
    this.kind = kind;
    this.intervalMs = intervalMs;
    this.host = host;
    this.start = number;
    this.stride = number % 2 == 0 ? 2 : 3;
    this.incarnation = kind == SenderKind.AGENT ? 1 : 0;
    this.nextBeatMs = (number * 137L) % intervalMs;
  }

  boolean running() {
    return life == Life.RUNNING;
  }

  int partition(int partitions) {
    return switch (kind) {
      case AGENT -> (int) ((start + seq * stride) % partitions);
      case FOREIGN_KEYED -> start % partitions;
      case FOREIGN_KEYLESS -> (int) ((start + seq * 7) % partitions);
    };
  }

  Beat beat(int partition, long offset, long nowMs) {
    boolean agent = kind == SenderKind.AGENT;
    var life = agent ? new Incarnation(incarnation, "boot-" + incarnation) : Incarnation.NONE;
    return new Beat(
        new Beat.Sender(id, life, kind),
        agent ? seq : -1,
        intervalMs,
        new Beat.Place(partition, offset, nowMs),
        nowMs,
        -1,
        planned,
        List.of(),
        agent ? "http://" + host + ":7410" : "",
        agent ? host : "");
  }

  void die(Life how, long nowMs) {
    life = how;
    diedMs = nowMs;
    foundMs = -1;
    stuckSinceMs = nowMs;
  }

  void start(long nowMs) {
    life = Life.RUNNING;
    incarnation += kind == SenderKind.AGENT ? 1 : 0;
    seq = 0;
    nextBeatMs = nowMs;
    diedMs = -1;
  }

  /** What it answers when asked over a host that answers. */
  ProbeOutcome asked(long nowMs) {
    return switch (life) {
      case RUNNING -> new ProbeOutcome.Answered(incarnation, seq, 100, -1, 100);
      case HUNG -> new ProbeOutcome.Answered(incarnation, seq, 100, -1, nowMs - stuckSinceMs);
      case STOPPED -> new ProbeOutcome.TimedOut(true, true);
      case KILLED -> new ProbeOutcome.Refused();
    };
  }
}
