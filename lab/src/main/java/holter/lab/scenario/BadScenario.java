package holter.lab.scenario;

/** A scenario that cannot be run; its message is one line for the one who wrote it. */
public final class BadScenario extends RuntimeException {
  public BadScenario(String message) {
    super(message);
  }
}
