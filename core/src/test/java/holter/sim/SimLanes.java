package holter.sim;

import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import holter.engine.Input;
import java.util.ArrayList;
import java.util.List;

/** What a simulated observer does to know its paths: lanes, sampled in turn or when asked. */
final class SimLanes {
  /** A lane was asked for a sample. */
  record Asked(long atMs, int partition) {}

  final List<Asked> asked = new ArrayList<>();
  private final Sim sim;

  SimLanes(Sim sim) {
    this.sim = sim;
  }

  void every(int p) {
    sim.at(sim.nowMs + 1_000, () -> every(p));
    sample(p);
  }

  void asked(int p) {
    asked.add(new Asked(sim.nowMs, p));
    sample(p);
  }

  private void sample(int p) {
    if (sim.nowMs < sim.pausedUntilMs) {
      return;
    }
    long sent = sim.nowMs;
    if (sim.paths[p] == SimPath.FINE) {
      long ack = sim.delay();
      long seen = ack + sim.delay();
      tell(p, sent, sent + seen, new LaneOutcome.Seen(ack, seen));
      return;
    }
    long after = sim.paths[p] == SimPath.REFUSED ? 20 : 2_000;
    tell(p, sent, sent + after, sim.paths[p].outcome());
  }

  private void tell(int p, long sent, long ended, LaneOutcome outcome) {
    int leader = SimCluster.leader(p);
    sim.at(
        ended,
        () -> {
          boolean slept = sim.nowMs < sim.pausedUntilMs;
          var seen = slept ? new LaneOutcome.Unacked("TIMEOUT") : outcome;
          sim.tell(new Input.Sampled(new LaneSample(p, leader, 1, sent, ended, seen)));
        });
  }

  /** The reader of a partition. */
  void read(int p) {
    sim.at(sim.nowMs + 200, () -> read(p));
    boolean answers = sim.paths[p] == SimPath.FINE || sim.paths[p] == SimPath.ISR;
    if (answers && sim.nowMs >= sim.pausedUntilMs) {
      sim.tell(new Input.ReadThrough(p, sim.nowMs));
    }
  }
}
