package holter.engine;

import holter.channel.PathState;
import holter.channel.PathWords;
import holter.fleet.Beat;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Pictures of the state for those who may only look. */
final class Pictures {
  private final World world;
  private final Chronicle chronicle;
  private List<Integer> rows = List.of(); // by id
  private long namings;

  Pictures(World world, Chronicle chronicle) {
    this.world = world;
    this.chronicle = chronicle;
  }

  View view(long nowMs) {
    var fleet = world.fleet();
    var table = fleet.table();
    order();
    var instances = new ArrayList<View.Instance>(rows.size());
    for (int row : rows) {
      instances.add(
          new View.Instance(
              new Beat.Sender(table.id(row), table.incarnation(row), table.kind(row)),
              fleet.verdict(row),
              fleet.why(row),
              fleet.rule(row),
              table.heardMs(row),
              table.intervalMs(row),
              table.lastPartition(row),
              table.host(row)));
    }
    var channel = world.channel();
    var partitions = new ArrayList<View.Partition>();
    for (int p : channel.partitions()) {
      int leader = channel.leaderOf(p);
      partitions.add(
          new View.Partition(
              p,
              leader,
              channel.hostOf(leader),
              channel.state(p),
              channel.lastSampleMs(p),
              channel.lastSeenMs(p),
              channel.provedThroughMs(p)));
    }
    return new View(
        nowMs,
        world.observer().leading(),
        world.gate().breaker().open(nowMs),
        instances,
        partitions,
        channel.map(),
        chronicle.pictures(),
        world.outbox().counters());
  }

  /** Sorts the rows anew when some came or went: those that stayed are in order already. */
  private void order() {
    var fleet = world.fleet();
    var table = fleet.table();
    if (table.namings() == namings) {
      return;
    }
    namings = table.namings();
    var stayed = new BitSet();
    var sorted = new ArrayList<Integer>(fleet.size());
    for (int row : rows) {
      if (fleet.present(row)) {
        stayed.set(row);
        sorted.add(row);
      }
    }
    for (int row = 0; row < fleet.rowsEnd(); row++) {
      if (fleet.present(row) && !stayed.get(row)) {
        sorted.add(row);
      }
    }
    sorted.sort(table::compareIds);
    rows = sorted;
  }

  static Sentence say(PathState state) {
    return switch (state) {
      case PathState.Unknown(Sentence missing) -> Sentence.of(PathWords.UNKNOWN, missing);
      case PathState.Healthy h -> Sentence.of(PathWords.PROVED);
      case PathState.Sick(var kind, long since, int broker) -> Sentence.of(kind);
    };
  }
}
