package holter.engine;

import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;

/** The actions of the step under way, and the totals since start. */
final class Outbox {
  private final List<Action> actions = new ArrayList<>();
  private long beats;
  private long garbled;
  private long late;
  private long held;
  private long ordered;

  void add(Action action) {
    actions.add(action);
  }

  void audit(long nowMs, String subject, String from, String to, Why why, List<String> evidence) {
    add(
        new Action.Audit(
            new AuditEntry(nowMs, subject, from, to, why.rule(), why.say(), evidence)));
  }

  /** A rule and its sentence. */
  record Why(String rule, Sentence say) {}

  void beat() {
    beats++;
  }

  void garbled() {
    garbled++;
  }

  void late() {
    late++;
  }

  void held() {
    held++;
  }

  void ordered() {
    ordered++;
  }

  View.Counters counters() {
    return new View.Counters(beats, garbled, late, held, ordered);
  }

  /** The step's actions; the next step begins with none. */
  List<Action> drain() {
    var out = List.copyOf(actions);
    actions.clear();
    return out;
  }
}
