package holter.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The SQLite file: locked for one process, checked, migrated, pooled. The lock is the operating
 * system's, so it ends with the process however that ends: whoever holds it leads.
 */
final class SqliteFile implements Database {
  private static final String PREFIX = "jdbc:sqlite:";

  /** Waiting for a lock of another connection longer than this is a failure to be told. */
  private static final int BUSY_MS = 2_000;

  private final HikariDataSource source;
  private final FileChannel lock;

  private SqliteFile(HikariDataSource source, FileChannel lock) {
    this.source = source;
    this.lock = lock;
  }

  @Override
  public HikariDataSource source() {
    return source;
  }

  /** Who opened the file leads: its lock is the operating system's, and ends with the process. */
  @Override
  public long lead() {
    try (Connection connection = source.getConnection()) {
      return LeaderEpoch.next(connection);
    } catch (SQLException failed) {
      throw unwritten(failed);
    }
  }

  @Override
  public long epochSoFar() {
    try (Connection connection = source.getConnection()) {
      return LeaderEpoch.last(connection);
    } catch (SQLException failed) {
      throw unwritten(failed);
    }
  }

  @Override
  public void raise(long epoch) {
    try (Connection connection = source.getConnection()) {
      LeaderEpoch.write(connection, Math.max(epoch, LeaderEpoch.last(connection)));
    } catch (SQLException failed) {
      throw unwritten(failed);
    }
  }

  private static StoreBroken unwritten(SQLException failed) {
    return new StoreBroken(
        "store cannot be written; "
            + Writer.firstLine(failed)
            + "; free space or change store.url");
  }

  @Override
  public boolean renew() {
    return true;
  }

  @Override
  public boolean leads() {
    return true;
  }

  /**
   * Opens the file, made if it is missing.
   *
   * @throws StoreBroken with one line
   */
  static SqliteFile open(String url) {
    Path file = Path.of(url.substring(PREFIX.length()).replaceFirst("\\?.*", "")).toAbsolutePath();
    FileChannel lock = lock(file);
    HikariDataSource source = null;
    try {
      source = pool(url);
      check(source, file);
      Database.migrate(source, file.toString(), "move the file away");
      return new SqliteFile(source, lock);
    } catch (RuntimeException broken) {
      closeAll(source, lock);
      throw broken instanceof StoreBroken ? broken : new StoreBroken(line(file, broken));
    }
  }

  private static FileChannel lock(Path file) {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock held = tryLock(channel);
      if (held == null) {
        channel.close();
        throw new StoreBroken(
            "store "
                + file
                + " is in use by another Holter; stop it, or give store.url a file of"
                + " its own");
      }
      return channel;
    } catch (IOException unwritable) {
      throw new StoreBroken(
          "store "
              + file
              + " cannot be opened; "
              + unwritable.getClass().getSimpleName()
              + " "
              + unwritable.getMessage()
              + "; make the directory writable or change store.url");
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPoolName("store");
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(5_000);
    config.setInitializationFailTimeout(5_000);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("busy_timeout", Integer.toString(BUSY_MS));
    return new HikariDataSource(config);
  }

  private static void check(HikariDataSource source, Path file) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("PRAGMA quick_check(1)")) {
      String said = answer.next() ? answer.getString(1) : "no answer";
      if (!"ok".equals(said)) {
        throw new StoreBroken(damaged(file, said));
      }
    } catch (SQLException unreadable) {
      throw new StoreBroken(damaged(file, Writer.firstLine(unreadable)));
    }
  }

  private static String line(Path file, RuntimeException broken) {
    Throwable cause = broken;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String said =
        cause.getMessage() == null ? "" : cause.getMessage().lines().findFirst().orElse("");
    if (said.contains("NOTADB") || said.contains("CORRUPT")) return damaged(file, said);
    String hint =
        said.contains("SQLITE_FULL")
            ? "free space on its disk or change store.url"
            : "check the file and its rights";
    return "store " + file + " cannot be opened; " + said + "; " + hint;
  }

  private static String damaged(Path file, String why) {
    return "store "
        + file
        + " is damaged or no SQLite file; "
        + why
        + "; restore a backup, or move"
        + " it away to begin anew";
  }

  private static void closeAll(@Nullable HikariDataSource source, FileChannel lock) {
    if (source != null) {
      source.close();
    }
    try {
      lock.close();
    } catch (IOException gone) {
      throw new StoreBroken("store lock cannot be released; " + gone.getMessage());
    }
  }

  @Override
  public void close() {
    closeAll(source, lock);
  }
}
