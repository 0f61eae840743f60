package holter.server.store;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Where the store's rows are, and who of those that share it leads. Thread-safe. */
sealed interface Database extends AutoCloseable permits SqliteFile, PostgresServer {
  /** Connections to it. */
  HikariDataSource source();

  /**
   * Tries to lead.
   *
   * @return the epoch of the leadership, greater than that of every one before; 0 when another one
   *     leads, or it cannot be asked
   */
  long lead();

  /** Keeps leading; false when that is over. Takes some two seconds at most. */
  boolean renew();

  /** Whether we certainly lead at this moment; asks nobody. */
  boolean leads();

  @Override
  void close();

  /**
   * Opens it, and brings its schema up to date.
   *
   * @throws StoreBroken with one line
   */
  static Database open(StoreAddress address) {
    return address.postgres() ? PostgresServer.open(address) : SqliteFile.open(address.url());
  }

  /**
   * Brings the schema up to date.
   *
   * @param where it is, for people
   */
  static void migrate(HikariDataSource source, String where, String hint) {
    try {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:holter/db")
          .table("holter_schema")
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException refused) {
      String why = refused.getMessage() == null ? "" : refused.getMessage();
      throw new StoreBroken(
          "store "
              + where
              + " has a schema that this version cannot take; "
              + why.lines().findFirst().orElse("")
              + "; use the Holter that wrote it, or "
              + hint);
    }
  }
}
