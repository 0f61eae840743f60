package holter.server.http;

/** A listener's address cannot be used: one line. */
public final class PortTaken extends RuntimeException {
  PortTaken(String key, String address, RuntimeException cause) {
    super(
        key
            + " "
            + address
            + " cannot be listened on; "
            + why(cause)
            + "; stop what uses it or set "
            + key
            + " to another address",
        cause);
  }

  private static String why(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = String.valueOf(root.getMessage());
    return said.contains("in use") ? "the port is in use" : said.lines().findFirst().orElse(said);
  }
}
