package holter.diagnose;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every cause that can be told apart, in the order in which equals are named. Adding one: an entry
 * in the file of its kind, its words, its text for {@code holter explain}, and its case.
 */
final class Catalogue {
  private Catalogue() {}

  private static final List<Cause> OF_SILENCE =
      List.of(
          new DeadBroker(), //      a refusal explains everything below, so it comes first
          new SaturatedHost(), //   before the frozen one, whose silence it imitates
          new FrozenBroker(),
          new ClientNetwork()); //  last: it is what remains when every broker is well

  static final List<Cause> ALL =
      Stream.of(
              OF_SILENCE,
              BrokerCauses.ALL,
              StorageCauses.ALL,
              NetworkCauses.ALL,
              ControlCauses.ALL,
              ProducerCauses.ALL,
              ConsumerCauses.ALL,
              AccessCauses.ALL,
              NodeCauses.ALL,
              List.<Cause>of(new DeadWorker()))
          .flatMap(List::stream)
          .toList();
}
