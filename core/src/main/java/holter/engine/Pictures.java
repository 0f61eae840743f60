package holter.engine;

import holter.channel.PathState;
import holter.channel.PathWords;
import holter.fleet.Beat;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;

/** Pictures of the state for those who may only look. */
final class Pictures {
  private Pictures() {}

  static View view(World world, Chronicle chronicle, long nowMs) {
    var instances = new ArrayList<View.Instance>();
    var table = world.fleet().table();
    for (int row = 0; row < world.fleet().rowsEnd(); row++) {
      var member = world.fleet().at(row);
      if (member != null) {
        instances.add(
            new View.Instance(
                new Beat.Sender(table.id(row), table.incarnation(row), table.kind(row)),
                member.verdict,
                member.why,
                member.rule,
                table.heardMs(row),
                table.intervalMs(row),
                table.lastPartition(row),
                table.host(row)));
      }
    }
    instances.sort(Comparator.comparing(i -> i.from().id()));
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

  static Sentence say(PathState state) {
    return switch (state) {
      case PathState.Unknown(Sentence missing) -> Sentence.of(PathWords.UNKNOWN, missing);
      case PathState.Healthy h -> Sentence.of(PathWords.PROVED);
      case PathState.Sick(var kind, long since, int broker) -> Sentence.of(kind);
    };
  }
}
