package holter.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.engine.Input;
import holter.engine.RestartOrder;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The latest restart order of each instance as rows, kept before the order is sent. */
final class OrderRows {
  static final String ALL = "SELECT at_ms, body FROM ordered ORDER BY instance";

  private OrderRows() {}

  /**
   * @param atMs wall clock
   */
  static Write write(RestartOrder order, String body, long atMs) {
    String id = order.instance().value();
    return Write.replace(
        "ordered/" + id,
        Write.Statement.of("DELETE FROM ordered WHERE instance = ?", id),
        Write.Statement.of(
            "INSERT INTO ordered (instance, at_ms, body) VALUES (?, ?, ?)", id, atMs, body));
  }

  /**
   * A row as the next leader hears it; clocks of two machines may differ, an age may not be less
   * than 0.
   */
  static Query.Row<Input.Ordered> reading(ObjectMapper json, long nowMs) {
    return row -> read(json, row, nowMs);
  }

  private static Input.Ordered read(ObjectMapper json, ResultSet row, long nowMs)
      throws SQLException {
    try {
      return new Input.Ordered(
          json.readValue(row.getString(2), RestartOrder.class),
          Math.max(0, nowMs - row.getLong(1)));
    } catch (JsonProcessingException unreadable) {
      throw new SQLException("a stored order cannot be read", unreadable);
    }
  }
}
