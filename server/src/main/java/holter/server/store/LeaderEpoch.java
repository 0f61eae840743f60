package holter.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The number of a leadership, greater than that of every one before. */
final class LeaderEpoch {
  private static final String NAME = "leader_epoch";

  private LeaderEpoch() {}

  /** The next one; it is on disk before this returns. */
  static long next(Connection connection) throws SQLException {
    long epoch = last(connection) + 1;
    write(connection, epoch);
    return epoch;
  }

  /** The last one; 0 for none. */
  static long last(Connection connection) throws SQLException {
    try (PreparedStatement read =
        connection.prepareStatement("SELECT value FROM meta WHERE name = ?")) {
      read.setString(1, NAME);
      try (ResultSet row = read.executeQuery()) {
        return row.next() ? Long.parseLong(row.getString(1)) : 0;
      }
    }
  }

  /** Writes one down; it is on disk before this returns. */
  static void write(Connection connection, long epoch) throws SQLException {
    connection.setAutoCommit(false);
    write(connection, "DELETE FROM meta WHERE name = ?", NAME);
    write(connection, "INSERT INTO meta (name, value) VALUES (?, ?)", NAME, Long.toString(epoch));
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void write(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement write = connection.prepareStatement(sql)) {
      for (int at = 0; at < values.length; at++) {
        write.setString(at + 1, values[at]);
      }
      write.executeUpdate();
    }
  }
}
