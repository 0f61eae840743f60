package holter.diagnose;

import static holter.diagnose.Signs.say;

import holter.diagnose.ClusterFact.Configured;
import holter.diagnose.Entry.Rule;
import holter.diagnose.Signs.Says;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/** Rules about settings, and about how often a thing was logged. */
final class Limits {
  private Limits() {}

  /** A sign in a log about the subject, this often or more. */
  static Rule often(Says how, double weight, LogSign sign, int times) {
    return (argument, file, subject) ->
        Signs.sighting(file, subject, sign)
            .filter(s -> s.fact().count() >= times)
            .ifPresent(s -> Signs.said(argument, how, weight, s));
  }

  /** A numeric setting of the subject's broker or topic. */
  static Rule configured(Says how, double weight, String key, DoublePredicate when) {
    return set(how, weight, key, v -> number(v).stream().anyMatch(when));
  }

  /** A setting of the subject's broker or topic. */
  static Rule set(Says how, double weight, String key, Predicate<String> when) {
    return (argument, file, subject) ->
        setting(file, subject, key)
            .filter(s -> when.test(s.fact().value()))
            .ifPresent(
                s ->
                    say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.CONFIGURED,
                        s.fact().of(),
                        key,
                        s.fact().value()));
  }

  /** The newest of a topic before that of a broker: the topic's overrides. */
  private static Optional<Seen<Configured>> setting(CaseFile file, Subject subject, String key) {
    var topic = subject.name(What.TOPIC);
    var all = file.of(Configured.class).reversed();
    return all.stream()
        .filter(s -> s.fact().key().equals(key))
        .filter(s -> topic.filter(t -> t.equals(s.fact().of())).isPresent())
        .findFirst()
        .or(
            () ->
                all.stream()
                    .filter(s -> s.fact().key().equals(key))
                    .filter(s -> s.fact().scope() == ClusterFact.Scope.BROKER)
                    .filter(s -> ofBroker(subject, s.fact().of()))
                    .findFirst());
  }

  private static boolean ofBroker(Subject subject, String name) {
    return subject.brokerId() < 0 || name.equals(String.valueOf(subject.brokerId()));
  }

  static OptionalDouble number(String value) {
    try {
      return OptionalDouble.of(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
