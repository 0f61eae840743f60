package holter.diagnose;

/** A cause of one sick broker: without a suspect nothing speaks for it. */
interface BrokerCause extends Cause {
  /** Weighs every fact that bears on this cause of the suspect's sickness. */
  void argue(Argument argument, CaseFile file, int broker);

  @Override
  default Argument argue(CaseFile file) {
    var argument = new Argument();
    if (file.suspect() >= 0) {
      argue(argument, file, file.suspect());
    }
    return argument;
  }

  @Override
  default Subject subject(CaseFile file) {
    return file.about(file.suspect());
  }
}
