package holter.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.engine.AuditEntry;
import holter.engine.Incident;
import holter.fleet.InstanceId;
import holter.fleet.KnownInstance;
import holter.server.directory.Route;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of record, kept out of the Kafka being judged. Writing never blocks the caller: it goes
 * to {@link Writer}'s backlog. Reading is for the start and for old incidents. Thread-safe.
 */
public final class Store implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final String EPOCH = "leader_epoch";

  private final StoreFile file;
  private final Writer writer;
  private final ObjectMapper json;
  private final AtomicLong auditNext;
  private final long leaderEpoch;

  private Store(StoreFile file, ObjectMapper json, long leaderEpoch, long auditNext) {
    this.file = file;
    this.json = json;
    this.leaderEpoch = leaderEpoch;
    this.auditNext = new AtomicLong(auditNext);
    this.writer = new Writer(file.source());
  }

  /**
   * Opens the store and begins a new leader epoch, which is on disk before this returns.
   *
   * @param url {@code jdbc:sqlite:…}
   * @param json writes and reads the core's records
   * @throws StoreBroken with one line when it cannot be used
   */
  public static Store open(String url, ObjectMapper json) {
    StoreFile file = StoreFile.open(url);
    try (Connection connection = file.source().getConnection()) {
      long epoch = nextEpoch(connection);
      Store store =
          new Store(file, json, epoch, number(connection, "SELECT MAX(n) FROM audit") + 1);
      store.writer.start();
      return store;
    } catch (SQLException failed) {
      file.close();
      throw new StoreBroken(
          "store cannot be written; "
              + Writer.firstLine(failed)
              + "; free space or change store.url");
    }
  }

  private static long nextEpoch(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    long epoch = 1;
    try (PreparedStatement read =
        connection.prepareStatement("SELECT value FROM meta WHERE name = ?")) {
      read.setString(1, EPOCH);
      try (ResultSet row = read.executeQuery()) {
        epoch = row.next() ? Long.parseLong(row.getString(1)) + 1 : 1;
      }
    }
    write(connection, "DELETE FROM meta WHERE name = ?", EPOCH);
    write(connection, "INSERT INTO meta (name, value) VALUES (?, ?)", EPOCH, Long.toString(epoch));
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

  private static long number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement read = connection.prepareStatement(sql);
        ResultSet row = read.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** The epoch of this start, greater than that of every start before. */
  public long leaderEpoch() {
    return leaderEpoch;
  }

  public void remember(KnownInstance instance) {
    String id = instance.id().value();
    writer
        .backlog()
        .put(
            Write.replace(
                "roster/" + id,
                Write.Statement.of("DELETE FROM roster WHERE instance = ?", id),
                Write.Statement.of(
                    "INSERT INTO roster (instance, body) VALUES (?, ?)", id, text(instance))));
  }

  public void forget(InstanceId instance) {
    String id = instance.value();
    writer.backlog().put(Write.one("roster/" + id, "DELETE FROM roster WHERE instance = ?", id));
  }

  public void save(Incident incident) {
    writer
        .backlog()
        .put(
            Write.replace(
                "incident/" + incident.id(),
                Write.Statement.of("DELETE FROM incident WHERE id = ?", incident.id()),
                Write.Statement.of(
                    "INSERT INTO incident (id, opened_at_ms, closed_at_ms, body)"
                        + " VALUES (?, ?, ?, ?)",
                    incident.id(),
                    incident.openedAtMs(),
                    incident.closedAtMs(),
                    text(incident))));
  }

  public void audit(AuditEntry entry) {
    long n = auditNext.getAndIncrement();
    writer
        .backlog()
        .append(
            Write.replace(
                "audit/" + n,
                Write.Statement.of("DELETE FROM audit WHERE n = ?", n),
                Write.Statement.of(
                    "INSERT INTO audit (n, at_ms, subject, rule, body) VALUES (?, ?, ?, ?, ?)",
                    n,
                    entry.atMs(),
                    entry.subject(),
                    entry.rule(),
                    text(entry))));
  }

  /** Keeps a small value under a name, as of {@code runner.exits}. */
  public void note(String name, long value) {
    writer
        .backlog()
        .put(
            Write.replace(
                "meta/" + name,
                Write.Statement.of("DELETE FROM meta WHERE name = ?", name),
                Write.Statement.of(
                    "INSERT INTO meta (name, value) VALUES (?, ?)", name, Long.toString(value))));
  }

  /** Stores a route; the answer comes when it is on disk. */
  public CompletableFuture<Void> route(Route route) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    writer.backlog().put(RouteRows.write(route), done);
    return done;
  }

  public List<Route> routes() {
    return read(RouteRows.ALL, List.of(), RouteRows::read);
  }

  public List<KnownInstance> roster() {
    return bodies(
        "SELECT body FROM roster ORDER BY instance", List.of(), KnownInstance.class, "roster line");
  }

  public List<Incident> openIncidents() {
    return bodies(
        "SELECT body FROM incident WHERE closed_at_ms < 0 ORDER BY opened_at_ms",
        List.of(),
        Incident.class,
        "incident");
  }

  /** The highest number that an incident's id has had: {@code inc-0007} is 7. */
  public long incidentsSoFar() {
    return read("SELECT id FROM incident", List.of(), row -> row.getString(1)).stream()
        .mapToLong(Store::numberIn)
        .max()
        .orElse(0);
  }

  private static long numberIn(String id) {
    String digits = id.replaceAll("\\D", "");
    return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
  }

  /** The newest incidents, closed or not, newest first. */
  public List<Incident> latestIncidents(int limit) {
    return bodies(
        "SELECT body FROM incident ORDER BY opened_at_ms DESC, id DESC LIMIT " + limit,
        List.of(),
        Incident.class,
        "incident");
  }

  public Optional<Incident> incident(String id) {
    return bodies("SELECT body FROM incident WHERE id = ?", List.of(id), Incident.class, "incident")
        .stream()
        .findFirst();
  }

  /** The newest audit lines, newest first. */
  public List<AuditEntry> latestAudit(int limit) {
    return bodies(
        "SELECT body FROM audit ORDER BY n DESC LIMIT " + limit,
        List.of(),
        AuditEntry.class,
        "audit line");
  }

  public OptionalLong noted(String name) {
    return read("SELECT value FROM meta WHERE name = ?", List.of(name), row -> row.getString(1))
        .stream()
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  /** Why it cannot be written now; empty while it can. */
  public String trouble() {
    return writer.trouble();
  }

  /** How many writes wait. */
  public int waiting() {
    return writer.backlog().size();
  }

  /** Audit lines lost beyond the bound since the start. */
  public long dropped() {
    return writer.backlog().dropped();
  }

  private <T> List<T> bodies(String sql, List<String> values, Class<T> type, String what) {
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

  private <T> List<T> read(String sql, List<String> values, Query.Row<T> each) {
    return new Query(file).read(sql, values, each);
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a core record that is no JSON", impossible);
    }
  }

  /** Writes what waits, as far as two seconds allow, and lets the file go. */
  @Override
  public void close() {
    writer.close();
    file.close();
  }
}
