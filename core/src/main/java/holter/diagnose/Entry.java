package holter.diagnose;

import holter.words.Phrase;
import holter.words.Sentence;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A cause as a row of the catalogue: what hints at it, the rules that weigh it, what helps.
 *
 * @param about the subjects that a case hints at
 * @param rules each weighs one kind of fact
 * @param helps first aid first; each is said with broker, host, name and partitions of the subject
 */
record Entry(
    CauseCode code,
    Rivalry rivalry,
    Function<CaseFile, List<Subject>> about,
    List<Rule> rules,
    List<Phrase> helps,
    Set<CauseCode> explains)
    implements Cause {

  /** Weighs one kind of fact for one subject. */
  interface Rule {
    void weigh(Argument argument, CaseFile file, Subject subject);
  }

  Entry {
    rules = List.copyOf(rules);
    helps = List.copyOf(helps);
    explains = Set.copyOf(explains);
  }

  /** A cause that its evidence names outright. */
  static Entry told(CauseCode code, Function<CaseFile, List<Subject>> about, Rule... rules) {
    return new Entry(code, Rivalry.NONE, about, List.of(rules), List.of(), Set.of());
  }

  /** A cause of a broker's trouble whose own signs say which broker: it competes with its like. */
  static Entry rivalling(CauseCode code, Function<CaseFile, List<Subject>> about, Rule... rules) {
    return new Entry(code, Rivalry.BROKER, about, List.of(rules), List.of(), Set.of());
  }

  /** A cause of a broker's silence, slowness or absence: it competes with its like. */
  static Entry ofSuspects(CauseCode code, Rule... rules) {
    return rivalling(
        code,
        file -> file.suspects().stream().map(b -> file.suspecting(b).about(b)).toList(),
        rules);
  }

  Entry helps(Phrase... aids) {
    return new Entry(code, rivalry, about, rules, List.of(aids), explains);
  }

  Entry explains(CauseCode first, CauseCode... more) {
    return new Entry(code, rivalry, about, rules, helps, EnumSet.of(first, more));
  }

  @Override
  public List<Subject> subjects(CaseFile file) {
    return about.apply(file).stream().distinct().toList();
  }

  @Override
  public void argue(Argument argument, CaseFile file, Subject subject) {
    var its = subject.brokerId() >= 0 ? file.suspecting(subject.brokerId()) : file;
    rules.forEach(rule -> rule.weigh(argument, its, subject));
  }

  @Override
  public List<Sentence> remedies(CaseFile file, Subject subject) {
    var names = subject.names().stream().map(Subject.Named::name).toList();
    var its = subject.brokerId() >= 0 ? file.suspecting(subject.brokerId()) : file;
    var alone =
        subject.brokerId() >= 0 ? BrokerSigns.aloneInIsr(its).stream() : Stream.<Sentence>of();
    return Stream.concat(
            helps.stream()
                .map(
                    aid ->
                        Sentence.of(
                            aid, subject.brokerId(), subject.host(), names, subject.partitions())),
            alone)
        .toList();
  }
}
