package holter.cli;

/** The exit codes of every command; they are in {@code --help} and are never reused. */
public final class Exit {
  public static final int OK = 0;
  public static final int FINDINGS = 1;

  /** A mistake in the command line or in a configuration file. */
  public static final int USAGE = 2;

  /** Cannot tell: unreachable, or no answer in time. */
  public static final int CANNOT_TELL = 3;

  /** Authentication, rights, or a read-only server. */
  public static final int DENIED = 4;

  public static final int REMEDY_FAILED = 5;
  public static final int CHANNEL = 10;
  public static final int INSTANCE = 11;
  public static final int CHANNEL_AND_INSTANCE = 12;
  public static final int INCONCLUSIVE = 13;

  private Exit() {}
}
