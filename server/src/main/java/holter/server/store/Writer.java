package holter.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. A batch is one transaction; one that fails is put back and tried
 * again, more and more slowly, for as long as it takes. Every write can be repeated without harm.
 * Says so once when writing begins to fail and once when it works again.
 */
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int BATCH_MAX = 500;
  private static final Duration RETRY_MIN = Duration.ofMillis(200);
  private static final Duration RETRY_MAX = Duration.ofSeconds(5);

  private final HikariDataSource source;
  private final Backlog backlog = new Backlog();
  private final AtomicReference<String> trouble = new AtomicReference<>("");
  private final Thread thread;
  private final BooleanSupplier mayWrite;
  private volatile boolean closing;

  /**
   * @param mayWrite false while another Holter may lead: what is ours waits then
   */
  Writer(HikariDataSource source, BooleanSupplier mayWrite) {
    this.source = source;
    this.mayWrite = mayWrite;
    this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Backlog backlog() {
    return backlog;
  }

  /** Why writing fails now; empty while it works. */
  String trouble() {
    return trouble.get();
  }

  private void run() {
    long retryMs = RETRY_MIN.toMillis();
    while (!closing || !backlog.isEmpty()) {
      try {
        Backlog.Batch batch = backlog.take(BATCH_MAX, 1_000);
        if (batch.isEmpty()) {
          continue;
        }
        if (write(batch)) {
          retryMs = RETRY_MIN.toMillis();
        } else if (closing) {
          return;
        } else {
          Thread.sleep(retryMs);
          retryMs = Math.min(retryMs * 2, RETRY_MAX.toMillis());
        }
      } catch (InterruptedException stopped) {
        if (closing) {
          return;
        }
      }
    }
  }

  private boolean write(Backlog.Batch batch) {
    try (Connection connection = source.getConnection()) {
      if (!mayWrite.getAsBoolean()) {
        throw new SQLException("the leadership is lost or not certain");
      }
      connection.setAutoCommit(false);
      try {
        writeAll(connection, batch.statements());
        connection.commit();
      } catch (SQLException failed) {
        discard(connection, failed);
        throw failed;
      }
      batch.written();
      if (!trouble.getAndSet("").isEmpty()) {
        LOG.atInfo().addKeyValue("waiting", backlog.size()).log("store can be written again");
      }
      return true;
    } catch (SQLException failed) {
      backlog.putBack(batch);
      String why = firstLine(failed);
      if (trouble.getAndSet(why).isEmpty()) {
        LOG.atError()
            .addKeyValue("why", why)
            .addKeyValue("waiting", backlog.size())
            .log("store cannot be written; judging goes on, what is new waits in memory");
      }
      return false;
    }
  }

  /**
   * Rolls back and throws the connection away: when the disk is full, SQLite has rolled back by
   * itself, and the driver, which does not know, would run the next batch outside a transaction.
   */
  private void discard(Connection connection, SQLException failed) {
    try {
      connection.rollback();
    } catch (SQLException already) {
      failed.addSuppressed(already);
    }
    source.evictConnection(connection);
  }

  private static void writeAll(Connection connection, List<Write.Statement> statements)
      throws SQLException {
    Map<String, PreparedStatement> prepared = new LinkedHashMap<>();
    try {
      for (Write.Statement statement : statements) {
        PreparedStatement ready = prepared.get(statement.sql());
        if (ready == null) {
          ready = connection.prepareStatement(statement.sql());
          prepared.put(statement.sql(), ready);
        }
        int at = 1;
        for (Object value : statement.values()) {
          ready.setObject(at++, value);
        }
        ready.executeUpdate();
      }
    } finally {
      for (PreparedStatement ready : prepared.values()) {
        ready.close();
      }
    }
  }

  static String firstLine(SQLException failed) {
    String message = failed.getMessage();
    return message == null
        ? failed.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }

  /** Writes what waits, within two seconds, and stops. */
  @Override
  public void close() {
    closing = true;
    backlog.close();
    try {
      if (!thread.join(Duration.ofSeconds(2))) {
        thread.interrupt();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    if (!backlog.isEmpty()) {
      LOG.atError().addKeyValue("lost", backlog.size()).log("store closed with writes waiting");
    }
  }
}
