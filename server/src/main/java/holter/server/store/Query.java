package holter.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from the store's database; each query has its own deadline. Thread-safe. */
final class Query {
  private static final int DEADLINE_S = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Query.class);

  private final Database database;
  private final ObjectMapper json;

  /**
   * @param json reads the core's records
   */
  Query(Database database, ObjectMapper json) {
    this.database = database;
    this.json = json;
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

  /** Every body of an answer, as a record; one that cannot be read is left where it is. */
  <T> List<T> bodies(String sql, List<String> values, Class<T> type, String what) {
    List<T> found = new ArrayList<>();
    for (String body : read(sql, values, row -> row.getString(1))) {
      try {
        found.add(json.readValue(body, type));
      } catch (JsonProcessingException | RuntimeException unreadable) {
        LOG.atWarn()
            .addKeyValue("what", what)
            .addKeyValue("why", unreadable.getClass().getSimpleName())
            .log("a stored line cannot be read and is left where it is");
      }
    }
    return found;
  }
}
