package holter.server.store;

import com.zaxxer.hikari.HikariDataSource;
import holter.server.port.Lease;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Where the store's rows are, and who of those that share it leads. Thread-safe. */
sealed interface Database extends Lease, AutoCloseable permits SqliteFile, PostgresServer {
  /** Connections to it. */
  HikariDataSource source();

  /**
   * The greatest epoch that is on disk.
   *
   * @throws StoreBroken when it cannot be read
   */
  long epochSoFar();

  /**
   * Writes down an epoch that was agreed elsewhere; a greater one stays.
   *
   * @throws StoreBroken when it cannot be written
   */
  void raise(long epoch);

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
