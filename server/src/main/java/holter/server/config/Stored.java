package holter.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/** Where Holter remembers: a JDBC URL of a SQLite file. */
public record Stored(String url) {
  public Stored {
    if (!url.startsWith("jdbc:sqlite:") || url.length() <= "jdbc:sqlite:".length()) {
      throw new BadConfig("store.url", "is \"" + url + "\"", "write jdbc:sqlite:/path/holter.db");
    }
    if (url.contains(":memory:") || url.contains("mode=memory")) {
      throw new BadConfig("store.url", "is in memory", "a restart would forget; name a file");
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static Stored of(@Nullable String url) {
    return new Stored(url == null ? "jdbc:sqlite:/var/lib/holter/holter.db" : url);
  }
}
