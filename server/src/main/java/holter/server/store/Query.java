package holter.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads from the store's database; each query has its own deadline. Thread-safe. */
final class Query {
  private static final int DEADLINE_S = 5;

  private final Database database;

  Query(Database database) {
    this.database = database;
  }

  /** Reads one row. */
  interface Row<T> {
    T from(ResultSet row) throws SQLException;
  }

  /**
   * Every row of an answer.
   *
   * @throws StoreBroken in one line, when it cannot be read
   */
  <T> List<T> read(String sql, List<String> values, Row<T> each) {
    List<T> found = new ArrayList<>();
    try (Connection connection = database.source().getConnection();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setQueryTimeout(DEADLINE_S);
      for (int at = 0; at < values.size(); at++) {
        query.setString(at + 1, values.get(at));
      }
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(each.from(rows));
        }
      }
    } catch (SQLException failed) {
      throw new StoreBroken("store cannot be read; " + Writer.firstLine(failed));
    }
    return found;
  }
}
