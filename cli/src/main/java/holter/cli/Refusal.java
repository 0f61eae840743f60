package holter.cli;

/** What the user is told when a command cannot do its job: one line, no stack trace. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exit;

  /**
   * @param exit one of {@link Exit}
   * @param what went wrong
   * @param why it most likely did
   * @param hint what to try, without the word "try"
   */
  public Refusal(int exit, String what, String why, String hint) {
    super(oneLine(what + "; " + why + "; try: " + hint));
    this.exit = exit;
  }

  /** A mistake in the command line. */
  public static Refusal usage(String what, String why, String hint) {
    return new Refusal(Exit.USAGE, what, why, hint);
  }

  /** Something that should answer did not. */
  public static Refusal cannotTell(String what, String why, String hint) {
    return new Refusal(Exit.CANNOT_TELL, what, why, hint);
  }

  public int exit() {
    return exit;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
