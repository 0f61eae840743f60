package holter.diagnose;

import java.util.List;

/** The causes that this version can tell apart. */
final class Catalogue {
  private Catalogue() {}

  /** Causes of a sick channel: rivals of each other, at most one is at work per broker. */
  static final List<Cause> OF_CHANNEL =
      List.of(
          new DeadBroker(), //      a refusal explains everything below, so it comes first
          new SaturatedHost(), //   before the frozen one, whose silence it imitates
          new FrozenBroker(),
          new ClientNetwork()); //  last: it is what remains when every broker is well

  /** A cause that can be at work beside any of them. */
  static final Cause OF_WORKERS = new DeadWorker();
}
