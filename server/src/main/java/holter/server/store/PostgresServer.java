package holter.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A database on a PostgreSQL server that several Holters may share. Who leads holds a lease there,
 * by the server's clock; we count it from before we asked, by our own, so it ends for us before it
 * ends for others, however long we were stopped. Thread-safe.
 */
final class PostgresServer implements Database {
  /** How long a leader leads without a word. */
  static final long LEASE_MS = 6_000;

  /** It ends so much earlier for the leader itself. */
  static final long MARGIN_MS = 1_000;

  private static final int ASKED_S = 2;
  private static final String NOW = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
  private static final String TAKE =
      "UPDATE lease SET holder = ?, epoch = epoch + 1, until_ms = "
          + NOW
          + " + ? WHERE name = 'leader' AND (until_ms < "
          + NOW
          + " OR holder = ?) RETURNING epoch";
  private static final String RENEW =
      "UPDATE lease SET until_ms = "
          + NOW
          + " + ? WHERE name = 'leader' AND holder = ? AND epoch = ?";
  private static final String RAISE =
      "UPDATE lease SET epoch = GREATEST(epoch, ?) WHERE name = 'leader'";
  private static final String SO_FAR = "SELECT epoch FROM lease WHERE name = 'leader'";
  private static final String GIVE_BACK =
      "UPDATE lease SET until_ms = 0 WHERE name = 'leader' AND holder = ? AND epoch = ?";

  private final HikariDataSource source;
  private final String holder = UUID.randomUUID().toString();
  private volatile long epoch;
  private volatile long countedFromNs;

  private PostgresServer(HikariDataSource source) {
    this.source = source;
  }

  /**
   * Opens it.
   *
   * @throws StoreBroken with one line
   */
  static PostgresServer open(StoreAddress address) {
    HikariDataSource source = pool(address);
    try {
      Database.migrate(source, address.toString(), "give store.url an empty database");
      prepare(source);
      return new PostgresServer(source);
    } catch (SQLException refused) {
      source.close();
      throw new StoreBroken(broken(address, Writer.firstLine(refused)));
    } catch (StoreBroken refused) {
      source.close();
      throw refused;
    }
  }

  private static void prepare(HikariDataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement row =
            connection.prepareStatement(
                "INSERT INTO lease (name, holder, epoch, until_ms) VALUES ('leader', '', 0, 0)"
                    + " ON CONFLICT DO NOTHING")) {
      row.executeUpdate();
    }
  }

  /** Every call of the driver has a deadline. */
  private static HikariDataSource pool(StoreAddress address) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setPoolName("store");
    config.setMaximumPoolSize(4);
    config.setConnectionTimeout(2_000);
    config.setValidationTimeout(1_000);
    config.setInitializationFailTimeout(5_000);
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "10");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "holter");
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException refused) {
      Throwable cause = refused.getCause() == null ? refused : refused.getCause();
      String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      throw new StoreBroken(broken(address, why));
    }
  }

  private static String broken(StoreAddress address, String why) {
    return "store "
        + address
        + " cannot be opened; "
        + why
        + "; check store.url, store.user and store.password";
  }

  @Override
  public HikariDataSource source() {
    return source;
  }

  @Override
  public long lead() {
    long askedNs = System.nanoTime();
    try (Connection connection = source.getConnection();
        PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setQueryTimeout(ASKED_S);
      take.setString(1, holder);
      take.setLong(2, LEASE_MS);
      take.setString(3, holder);
      try (ResultSet row = take.executeQuery()) {
        if (row.next()) {
          countedFromNs = askedNs;
          epoch = row.getLong(1);
          return epoch;
        }
      }
      return 0;
    } catch (SQLException away) {
      return 0;
    }
  }

  @Override
  public boolean renew() {
    long askedNs = System.nanoTime();
    try (Connection connection = source.getConnection();
        PreparedStatement renew = connection.prepareStatement(RENEW)) {
      renew.setQueryTimeout(ASKED_S);
      renew.setLong(1, LEASE_MS);
      renew.setString(2, holder);
      renew.setLong(3, epoch);
      if (renew.executeUpdate() == 0) {
        epoch = 0;
        return false;
      }
      countedFromNs = askedNs;
      return true;
    } catch (SQLException away) {
      return leads(); // nobody can take it while the server is away, and it ends by itself
    }
  }

  @Override
  public boolean leads() {
    long ageMs = (System.nanoTime() - countedFromNs) / 1_000_000;
    return epoch > 0 && ageMs < LEASE_MS - MARGIN_MS;
  }

  @Override
  public long epochSoFar() {
    try (Connection connection = source.getConnection();
        PreparedStatement read = connection.prepareStatement(SO_FAR)) {
      read.setQueryTimeout(ASKED_S);
      try (ResultSet row = read.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    } catch (SQLException away) {
      throw new StoreBroken("store cannot be read; " + Writer.firstLine(away));
    }
  }

  @Override
  public void raise(long raised) {
    try (Connection connection = source.getConnection();
        PreparedStatement write = connection.prepareStatement(RAISE)) {
      write.setQueryTimeout(ASKED_S);
      write.setLong(1, raised);
      write.executeUpdate();
    } catch (SQLException away) {
      throw new StoreBroken("store cannot be written; " + Writer.firstLine(away));
    }
  }

  @Override
  public void close() {
    if (epoch > 0) {
      giveBack();
    }
    source.close();
  }

  /** So that the next one need not wait. */
  private void giveBack() {
    try (Connection connection = source.getConnection();
        PreparedStatement give = connection.prepareStatement(GIVE_BACK)) {
      give.setQueryTimeout(ASKED_S);
      give.setString(1, holder);
      give.setLong(2, epoch);
      give.executeUpdate();
    } catch (SQLException away) {
      epoch = 0; // it ends by itself
    }
  }
}
