package holter.server.log;

import java.nio.file.Path;

/** Where brokers' logs are. */
public sealed interface LogSource {
  /**
   * A local directory: {@code DIR/<brokerId>/…}, {@code DIR/<host>/…}, or files whose names hold
   * the broker's id or host.
   */
  record Directory(Path dir) implements LogSource {}

  /**
   * As {@link Directory}, copied long ago: the dates of its files say nothing, and their order is
   * that of their names.
   */
  record Bundled(Path dir) implements LogSource {}

  /**
   * On each broker's host, through the system's {@code ssh} with the user's own keys and settings.
   *
   * @param user empty for the one that ssh picks
   * @param path the directory of the logs over there
   */
  record Ssh(String user, String path) implements LogSource {
    public Ssh {
      if (!user.matches("[A-Za-z0-9._@-]*") || user.startsWith("-")) {
        throw new IllegalArgumentException("\"" + user + "\" is no user name");
      }
      if (!path.startsWith("/") || path.chars().anyMatch(c -> c < 32)) {
        throw new IllegalArgumentException("the log path must be absolute, not \"" + path + "\"");
      }
    }
  }
}
