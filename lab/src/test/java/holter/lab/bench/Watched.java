package holter.lab.bench;

import holter.engine.RestartOrder;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SenderKind;
import holter.lab.sim.Detector;
import holter.lab.sim.SimSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** A detector under test, fed by hand: so many workers beat each second, and who is restarted. */
final class Watched implements Detector.Hands {
  final List<Integer> restarted = new ArrayList<>();
  final List<Long> atMs = new ArrayList<>();
  private final SimSettings fleet;
  private final Detector detector;
  private final long[] seq;
  private long nowMs;
  private long wallAheadMs;

  Watched(int workers, Detector.Maker maker) {
    fleet = new SimSettings(workers, 5, 1, 1_000, false, true, false);
    seq = new long[workers];
    detector = maker.make(fleet, this);
  }

  /** Lets the workers below {@code beating} beat each second, ticking in between. */
  Watched run(long forMs, int beating) {
    return run(forMs, number -> number < beating);
  }

  Watched run(long forMs, LongPredicate beats) {
    long end = nowMs + forMs;
    while (nowMs < end) {
      nowMs += 100;
      for (int n = 0; nowMs % 1_000 == 0 && n < seq.length; n++) {
        if (beats.test(n)) {
          detector.heard(n, beat(n, seq[n]), nowMs, nowMs + wallAheadMs);
        }
        seq[n]++;
      }
      detector.tick(nowMs, nowMs + wallAheadMs);
    }
    return this;
  }

  /** Time passes without a tick, as when the observer stands still. */
  Watched stand(long forMs) {
    nowMs += forMs;
    for (int n = 0; n < seq.length; n++) {
      seq[n] += forMs / 1_000;
    }
    return this;
  }

  @Override
  public void sample(int partition) {}

  @Override
  public long nowMs() {
    return nowMs;
  }

  private static Beat beat(int number, long seq) {
    return new Beat(
        new Beat.Sender(
            new InstanceId("w" + number), new Incarnation(1, "boot"), SenderKind.FOREIGN_KEYED),
        seq,
        1_000,
        new Beat.Place(0, seq, 0),
        0,
        -1,
        false,
        List.of(),
        "",
        "");
  }

  @Override
  public void holdsForDead(int number) {}

  @Override
  public void turns(int number, String verdict) {}

  @Override
  public void restart(int number) {
    restarted.add(number);
    atMs.add(nowMs);
  }

  @Override
  public void order(int number, RestartOrder order) {
    restart(number);
  }

  @Override
  public void breaks(String what) {}

  @Override
  public void ask(int number) {}

  @Override
  public void at(long ms, Runnable what) {}
}
