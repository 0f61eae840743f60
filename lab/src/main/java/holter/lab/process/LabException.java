package holter.lab.process;

/** The lab cannot do what was asked. The message is one line: what; why; what to try. */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LabException(String message) {
    super(message);
  }

  public LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
