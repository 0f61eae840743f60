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
    connection.setAutoCommit(false);
    long epoch = 1;
    try (PreparedStatement read =
        connection.prepareStatement("SELECT value FROM meta WHERE name = ?")) {
      read.setString(1, NAME);
      try (ResultSet row = read.executeQuery()) {
        epoch = row.next() ? Long.parseLong(row.getString(1)) + 1 : 1;
      }
    }
    write(connection, "DELETE FROM meta WHERE name = ?", NAME);
    write(connection, "INSERT INTO meta (name, value) VALUES (?, ?)", NAME, Long.toString(epoch));
    connection.commit();
    connection.setAutoCommit(true);
    return epoch;
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
