package holter.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a diagnosis points at; unknown parts are −1 or empty.
 *
 * @param partitions sick partitions, of the heartbeat topic unless a topic is named
 * @param brokerId the sick broker
 * @param host its host
 * @param instances workers concerned
 * @param names what else it is about: a topic, a group, a client, a node …
 */
public record Subject(
    List<Integer> partitions,
    int brokerId,
    String host,
    List<String> instances,
    List<Named> names) {
  public static final Subject NONE = new Subject(List.of(), -1, "", List.of());

  public Subject {
    partitions = List.copyOf(partitions);
    instances = List.copyOf(instances);
    names = List.copyOf(names);
  }

  public Subject(List<Integer> partitions, int brokerId, String host, List<String> instances) {
    this(partitions, brokerId, host, instances, List.of());
  }

  /** Something of a kind, by its name. */
  public record Named(What what, String name) {}

  /** About nothing but a thing with a name. */
  static Subject of(What what, String name) {
    return NONE.and(what, name);
  }

  /** About a broker on its host. */
  static Subject broker(int id, String host) {
    return new Subject(List.of(), id, host, List.of());
  }

  Subject and(What what, String name) {
    var all = new ArrayList<>(names);
    all.add(new Named(what, name));
    return new Subject(partitions, brokerId, host, instances, all);
  }

  Subject on(List<Integer> some) {
    return new Subject(some, brokerId, host, instances, names);
  }

  /** The first name of a kind. */
  public Optional<String> name(What what) {
    return names.stream().filter(n -> n.what() == what).map(Named::name).findFirst();
  }
}
