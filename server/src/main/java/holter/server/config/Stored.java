package holter.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * Where Holter remembers.
 *
 * @param url a JDBC URL of a SQLite file or of a PostgreSQL database
 * @param user of PostgreSQL; a SQLite file has none, and takes no notice of it
 * @param password of that user
 */
public record Stored(String url, String user, String password) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRES = "jdbc:postgresql:";

  public Stored {
    boolean sqlite = url.startsWith(SQLITE) && url.length() > SQLITE.length();
    boolean postgres = url.startsWith(POSTGRES) && url.length() > POSTGRES.length();
    if (!sqlite && !postgres) {
      throw new BadConfig(
          "store.url",
          "is \"" + url + "\"",
          "write jdbc:sqlite:/path/holter.db or jdbc:postgresql://host/database");
    }
    if (url.contains(":memory:") || url.contains("mode=memory")) {
      throw new BadConfig("store.url", "is in memory", "a restart would forget; name a file");
    }
    if (postgres && user.isEmpty()) {
      throw new BadConfig("store.user", "is missing", "name the user of " + POSTGRES);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static Stored of(@Nullable String url, @Nullable String user, @Nullable String password) {
    return new Stored(
        url == null ? "jdbc:sqlite:/var/lib/holter/holter.db" : url,
        user == null ? "" : user,
        password == null ? "" : password);
  }

  @Override
  public String toString() {
    return "Stored[url=" + url + ", user=" + user + "]"; // a password is no one's to print
  }
}
