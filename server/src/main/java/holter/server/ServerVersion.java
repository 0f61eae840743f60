package holter.server;

/** The version that API and metrics tell. */
final class ServerVersion {
  static final String TEXT = text();

  private ServerVersion() {}

  private static String text() {
    String packed = ServerVersion.class.getPackage().getImplementationVersion();
    return packed == null ? "0.1.0" : packed;
  }
}
