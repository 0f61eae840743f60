package holter.server.store;

/**
 * Where a store is.
 *
 * @param url {@code jdbc:sqlite:…} or {@code jdbc:postgresql:…}
 * @param user of PostgreSQL; empty for SQLite
 * @param password of that user; never printed
 */
public record StoreAddress(String url, String user, String password) {
  private static final String POSTGRES = "jdbc:postgresql:";

  /** A SQLite file. */
  public static StoreAddress sqlite(String url) {
    return new StoreAddress(url, "", "");
  }

  boolean postgres() {
    return url.startsWith(POSTGRES);
  }

  @Override
  public String toString() {
    return url.replaceFirst("\\?.*", "");
  }
}
