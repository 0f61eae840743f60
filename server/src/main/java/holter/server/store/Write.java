package holter.server.store;

import java.util.List;

/**
 * One thing to be written: statements of the common dialect with their values, in order.
 *
 * @param key later writes of the same key replace earlier ones that still wait
 * @param statements run in one transaction with whatever else is due
 */
record Write(String key, List<Statement> statements) {
  Write {
    statements = List.copyOf(statements);
  }

  /** One statement with its values: strings and longs. */
  record Statement(String sql, List<Object> values) {
    Statement {
      values = List.copyOf(values);
    }

    static Statement of(String sql, Object... values) {
      return new Statement(sql, List.of(values));
    }
  }

  /** Replaces a row: valid in every dialect, and atomic within the transaction. */
  static Write replace(String key, Statement delete, Statement insert) {
    return new Write(key, List.of(delete, insert));
  }

  static Write one(String key, String sql, Object... values) {
    return new Write(key, List.of(Statement.of(sql, values)));
  }
}
