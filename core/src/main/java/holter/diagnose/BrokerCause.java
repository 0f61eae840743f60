package holter.diagnose;

import holter.words.Sentence;
import java.util.List;

/** A cause of one sick broker: without a suspect nothing speaks for it. */
interface BrokerCause extends Cause {
  /** Weighs every fact that bears on this cause of the suspect's sickness. */
  void argue(Argument argument, CaseFile file, int broker);

  /** What helps the suspect of the file. */
  List<Sentence> remedies(CaseFile file);

  @Override
  default List<Subject> subjects(CaseFile file) {
    return file.suspects().stream().map(b -> file.suspecting(b).about(b)).toList();
  }

  @Override
  default void argue(Argument argument, CaseFile file, Subject subject) {
    argue(argument, file.suspecting(subject.brokerId()), subject.brokerId());
  }

  @Override
  default List<Sentence> remedies(CaseFile file, Subject subject) {
    return remedies(file.suspecting(subject.brokerId()));
  }

  @Override
  default Rivalry rivalry() {
    return Rivalry.BROKER;
  }
}
