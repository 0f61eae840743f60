package holter.diagnose;

import java.util.Set;
import java.util.TreeSet;

/**
 * With whom a cause competes. Causes of the same silence are rivals: what makes one more probable
 * makes the others less so. What a line, a code or a setting names outright has no rival.
 */
enum Rivalry {
  /** Causes of one broker's trouble, and those of its links. */
  BROKER,
  /** Causes that would make every broker look sick, or none. */
  EVERYWHERE,
  /** Its evidence stands alone. */
  NONE;

  /** Whether two hypotheses would explain the same symptom. */
  static boolean rivals(Cause one, Subject ofOne, Cause other, Subject ofOther) {
    if (one.rivalry() == NONE || other.rivalry() == NONE) {
      return one.code() == other.code() && ofOne.equals(ofOther);
    }
    if (one.rivalry() == EVERYWHERE || other.rivalry() == EVERYWHERE) {
      return true;
    }
    if (one.code() == other.code() && ofOne.equals(ofOther)) {
      return true;
    }
    var common = brokers(ofOne);
    common.retainAll(brokers(ofOther));
    return !common.isEmpty();
  }

  private static Set<String> brokers(Subject subject) {
    var brokers = new TreeSet<String>();
    if (subject.brokerId() >= 0) {
      brokers.add(String.valueOf(subject.brokerId()));
    }
    subject.name(What.PEER).ifPresent(brokers::add);
    return brokers;
  }
}
