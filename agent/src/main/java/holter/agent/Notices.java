package holter.agent;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * What the agent tells the worker's log: one line when a trouble begins, one when it ends, none
 * between. Any thread may call.
 */
final class Notices {
  private final Consumer<String> out;
  private final ConcurrentHashMap<String, Boolean> troubles = new ConcurrentHashMap<>();

  Notices(Consumer<String> out) {
    this.out = out;
  }

  /** Tells them to the logger {@code holter.agent} at level WARN. */
  static Notices toLog() {
    var log = LoggerFactory.getLogger("holter.agent");
    return new Notices(log::warn);
  }

  /** A trouble; silent while this one is already told. */
  void say(String trouble, String line) {
    if (troubles.putIfAbsent(trouble, true) == null) {
      out.accept(line);
    }
  }

  /** The trouble is over; silent when it was not told. */
  void over(String trouble, String line) {
    if (troubles.remove(trouble) != null) {
      out.accept(line);
    }
  }

  /** An error in a few words: its message, or else its name. */
  static String reason(Throwable e) {
    String message = e.getMessage();
    String name = e.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : message + " (" + name + ")";
  }
}
