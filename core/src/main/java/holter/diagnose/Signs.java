package holter.diagnose;

import holter.diagnose.Entry.Rule;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/** Rules and subjects that many entries of the catalogue share; each reads one kind of fact. */
final class Signs {
  private Signs() {}

  /** How strongly a fact speaks. */
  enum Says {
    FITS,
    TELLS,
    DECIDES,
    AGAINST,
    EXCLUDES
  }

  static void say(
      Argument argument,
      Says how,
      double weight,
      Observation seen,
      CauseWords claim,
      Object... args) {
    switch (how) {
      case FITS -> argument.fits(weight, seen, claim, args);
      case TELLS -> argument.tells(weight, seen, claim, args);
      case DECIDES -> argument.decides(weight, seen, claim, args);
      case AGAINST -> argument.against(weight, seen, claim, args);
      case EXCLUDES -> argument.excluded(seen, claim, args);
    }
  }

  /** What a log says, with how often. */
  static void said(Argument argument, Says how, double weight, Seen<Fact.Logged> seen) {
    Fact.Logged fact = seen.fact();
    say(
        argument,
        how,
        weight,
        seen.observation(),
        CauseWords.LOGGED,
        fact.log(),
        fact.sign(),
        fact.count());
  }

  /** One of these signs in a log about the subject; several sightings of a sign count once. */
  static Rule logged(Says how, double weight, LogSign... signs) {
    return (argument, file, subject) ->
        sighting(file, subject, signs).ifPresent(s -> said(argument, how, weight, s));
  }

  /** The latest of these signs about a subject. */
  static Optional<Seen<Fact.Logged>> sighting(CaseFile file, Subject subject, LogSign... signs) {
    var wanted = signs(signs);
    return file.of(Fact.Logged.class).stream()
        .filter(s -> wanted.contains(s.fact().sign()) && matches(subject, s.fact()))
        .max(java.util.Comparator.comparingLong(s -> s.fact().lastWallMs()));
  }

  private static boolean matches(Subject subject, Fact.Logged fact) {
    boolean broker = subject.brokerId() < 0 || fact.brokerId() == subject.brokerId();
    return broker
        && subject.names().stream()
            .allMatch(
                named ->
                    switch (named.what()) {
                      case CLIENT -> fact.log().equals(named.name());
                      case TOPIC ->
                          fact.about().equals(named.name())
                              || fact.about().startsWith(named.name() + "-");
                      case GROUP, DIRECTORY, PRINCIPAL -> fact.about().equals(named.name());
                      case PEER, NODE, POD -> true;
                    });
  }

  /** A figure of the subject's host or broker. */
  static Rule measured(Says how, double weight, Metric metric, DoublePredicate when) {
    return (argument, file, subject) ->
        file.of(Fact.Measured.class).reversed().stream()
            .filter(s -> s.fact().metric() == metric && isOf(subject, s.fact().of()))
            .findFirst()
            .filter(s -> when.test(s.fact().value()))
            .ifPresent(
                s ->
                    say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.MEASURED,
                        s.fact().of(),
                        metric,
                        rounded(s.fact().value())));
  }

  private static boolean isOf(Subject subject, String name) {
    return name.equals(subject.host())
        || name.equals(String.valueOf(subject.brokerId()))
        || subject.names().stream().anyMatch(n -> n.name().equals(name));
  }

  private static String rounded(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  /** A call about the subject was answered with one of these codes. */
  static Rule coded(Says how, double weight, String... codes) {
    var wanted = Set.of(codes);
    return (argument, file, subject) ->
        file.of(ClusterFact.Called.class).stream()
            .filter(s -> wanted.contains(s.fact().code()) && isOf(subject, s.fact().of()))
            .findFirst()
            .ifPresent(
                s ->
                    say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.CODED,
                        s.fact().call(),
                        s.fact().of(),
                        s.fact().code()));
  }

  /** The latest figure of something. */
  static Optional<Seen<Fact.Measured>> figure(CaseFile file, Metric metric, String of) {
    return file.of(Fact.Measured.class).reversed().stream()
        .filter(s -> s.fact().metric() == metric && s.fact().of().equals(of))
        .findFirst();
  }

  /** Every broker whose log shows one of these signs. */
  static Function<CaseFile, List<Subject>> brokersThatLog(LogSign... signs) {
    var wanted = signs(signs);
    return file ->
        file.of(Fact.Logged.class).stream()
            .filter(s -> wanted.contains(s.fact().sign()) && s.fact().brokerId() >= 0)
            .map(s -> s.fact().brokerId())
            .distinct()
            .map(b -> Subject.broker(b, file.hostOf(b)))
            .toList();
  }

  /** Everything of a kind that one of these signs is about. */
  static Function<CaseFile, List<Subject>> namedBy(What what, LogSign... signs) {
    var wanted = signs(signs);
    return file ->
        file.of(Fact.Logged.class).stream()
            .map(Seen::fact)
            .filter(l -> wanted.contains(l.sign()))
            .map(l -> what == What.CLIENT ? l.log() : named(what, l.about()))
            .filter(name -> !name.isEmpty())
            .distinct()
            .map(name -> Subject.of(what, name))
            .toList();
  }

  private static String named(What what, String about) {
    return what == What.TOPIC ? topic(about) : about;
  }

  /** A topic's name out of {@code topic-partition}, or out of itself. */
  static String topic(String about) {
    return partition(about).isEmpty() ? about : about.substring(0, about.lastIndexOf('-'));
  }

  /** The number in {@code topic-partition}. */
  static Optional<Integer> partition(String about) {
    int dash = about.lastIndexOf('-');
    return dash > 0 && about.substring(dash + 1).matches("\\d{1,9}")
        ? Optional.of(Integer.valueOf(about.substring(dash + 1)))
        : Optional.empty();
  }

  /** Topics that one of these signs is about; where it names none, the broker that logs it. */
  static Function<CaseFile, List<Subject>> topicsOf(LogSign... signs) {
    var wanted = signs(signs);
    return file ->
        file.of(Fact.Logged.class).stream()
            .map(Seen::fact)
            .filter(l -> wanted.contains(l.sign()))
            .map(
                l ->
                    l.about().isEmpty()
                        ? Subject.broker(l.brokerId(), file.hostOf(l.brokerId()))
                        : Subject.of(What.TOPIC, topic(l.about())))
            .toList();
  }

  private static Set<LogSign> signs(LogSign... signs) {
    var set = EnumSet.noneOf(LogSign.class);
    set.addAll(Arrays.asList(signs));
    return set;
  }
}
