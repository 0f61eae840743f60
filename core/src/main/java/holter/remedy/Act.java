package holter.remedy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a step does, as data, and what takes it back. */
public sealed interface Act permits Act.MoveLeader, KubeAct {
  /** What it is about, in one word: {@code HeartBeat-4}, {@code node/iota-m2}. */
  String target();

  /** What takes it back; empty when nothing does. */
  Optional<Act> inverse();

  /** The same text for the same act, everywhere: what a consent is given to. */
  String canonical();

  /** Whether later steps make sense when this one failed. */
  boolean standsAlone();

  /**
   * Gives a partition's replicas another order and has the first of them elected. The replicas stay
   * the same, so no data moves.
   *
   * @param from the order that must be found; the cluster is left alone when it is another
   * @param to the same replicas, the wanted leader first
   */
  record MoveLeader(String topic, int partition, List<Integer> from, List<Integer> to)
      implements Act {
    public MoveLeader {
      from = List.copyOf(from);
      to = List.copyOf(to);
      boolean same = from.size() == to.size() && from.containsAll(to) && to.containsAll(from);
      if (from.isEmpty() || !same || to.stream().distinct().count() != to.size()) {
        throw new IllegalArgumentException(from + " and " + to + " are not the same replicas");
      }
    }

    /** Who leads when it is done. */
    public int leader() {
      return to.getFirst();
    }

    @Override
    public String target() {
      return topic + "-" + partition;
    }

    @Override
    public Optional<Act> inverse() {
      return Optional.of(new MoveLeader(topic, partition, to, from));
    }

    @Override
    public boolean standsAlone() {
      return true;
    }

    @Override
    public String canonical() {
      return "move-leader " + target() + " " + words(from) + " " + words(to);
    }

    private static String words(List<Integer> ids) {
      return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
  }
}
