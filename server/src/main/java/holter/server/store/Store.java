package holter.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.engine.AuditEntry;
import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.RestartOrder;
import holter.fleet.InstanceId;
import holter.fleet.KnownInstance;
import holter.server.directory.Route;
import holter.server.port.Lease;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The state of record, kept out of the Kafka being judged. Writing never blocks the caller: it goes
 * to {@link Writer}'s backlog. Reading is for the start and for old incidents. Thread-safe.
 */
public final class Store implements AutoCloseable {
  private final Database database;
  private final Writer writer;
  private final Query query;
  private final ObjectMapper json;
  private final AtomicLong auditNext = new AtomicLong();
  private final AtomicLong leaderEpoch;
  private final long openedEpoch;
  private final LeaderWatch leader;
  private volatile Leadership leadership = new Leadership() {};

  private Store(Database database, Lease lease, ObjectMapper json, long epoch) {
    this.database = database;
    this.query = new Query(database, json);
    this.json = json;
    this.leaderEpoch = new AtomicLong(epoch);
    this.openedEpoch = epoch;
    this.leader = new LeaderWatch(lease, epoch, new Changes());
    this.writer = new Writer(database.source(), leader::leadsNow);
  }

  private final class Changes implements LeaderWatch.Listener {
    @Override
    public void lost() {
      leadership.lost(leaderEpoch.get());
    }

    @Override
    public void leads(long epoch, boolean taken) {
      if (taken) {
        writer.backlog().clear(); // what others wrote since is newer
        auditNext.set(auditsSoFar() + 1);
      }
      leaderEpoch.set(epoch);
      leadership.leads(epoch, taken);
    }
  }

  /**
   * Opens the store, and leads by a new epoch, on disk when this returns, unless another one leads.
   *
   * @param json writes and reads the core's records
   * @throws StoreBroken with one line when it cannot be used
   */
  public static Store open(StoreAddress address, ObjectMapper json) {
    Database database = Database.open(address);
    return open(database, database, json);
  }

  /**
   * Opens a store whose leader is agreed elsewhere.
   *
   * @param agreed makes the lease, given the greatest epoch that is on disk
   */
  public static Store open(
      StoreAddress address, ObjectMapper json, Function<LongSupplier, Lease> agreed) {
    Database database = Database.open(address);
    Lease lease = new AgreedElsewhere(agreed.apply(database::epochSoFar), database);
    return open(database, lease, json);
  }

  private static Store open(Database database, Lease lease, ObjectMapper json) {
    try {
      Store store = new Store(database, lease, json, lease.lead());
      store.auditNext.set(store.auditsSoFar() + 1);
      store.writer.start();
      store.leader.start();
      return store;
    } catch (StoreBroken failed) {
      database.close();
      throw failed;
    }
  }

  private long auditsSoFar() {
    return query.read("SELECT MAX(n) FROM audit", List.of(), row -> row.getLong(1)).stream()
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  /** The epoch of this leadership, greater than that of every one before. */
  public long leaderEpoch() {
    return leaderEpoch.get();
  }

  /** Whether we lead at this very moment. */
  public boolean leads() {
    return leader.leadsNow();
  }

  /** Tells every change of leadership since the store was opened. */
  public void listen(Leadership listener) {
    leadership = listener;
    long epoch = leaderEpoch.get();
    switch (leader.role()) {
      case LEADS -> {
        if (epoch != openedEpoch) {
          listener.leads(epoch, true); // it came before anybody listened
        }
      }
      case LOST -> listener.lost(epoch);
      case STANDBY -> {}
    }
  }

  /** Who does not lead keeps nothing: the leader does. */
  private void put(Write write) {
    if (leader.role() != LeaderWatch.Role.STANDBY) {
      writer.backlog().put(write);
    }
  }

  public void remember(KnownInstance instance) {
    String id = instance.id().value();
    put(
        Write.replace(
            "roster/" + id,
            Write.Statement.of("DELETE FROM roster WHERE instance = ?", id),
            Write.Statement.of(
                "INSERT INTO roster (instance, body) VALUES (?, ?)", id, text(instance))));
  }

  public void forget(InstanceId instance) {
    String id = instance.value();
    put(Write.one("roster/" + id, "DELETE FROM roster WHERE instance = ?", id));
  }

  public void save(Incident incident) {
    put(IncidentRows.write(incident, text(incident)));
  }

  public void audit(AuditEntry entry) {
    if (leader.role() == LeaderWatch.Role.STANDBY) {
      return;
    }
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
    put(
        Write.replace(
            "meta/" + name,
            Write.Statement.of("DELETE FROM meta WHERE name = ?", name),
            Write.Statement.of(
                "INSERT INTO meta (name, value) VALUES (?, ?)", name, Long.toString(value))));
  }

  /** Stores a route; the answer comes when it is on disk. */
  public CompletableFuture<Void> route(Route route) {
    return stored(RouteRows.write(route));
  }

  /** Keeps an order before it is sent; the answer comes when it is on disk. */
  public CompletableFuture<Void> ordered(RestartOrder order) {
    return stored(OrderRows.write(order, text(order), System.currentTimeMillis()));
  }

  private CompletableFuture<Void> stored(Write write) {
    if (leader.role() == LeaderWatch.Role.STANDBY) {
      return CompletableFuture.failedFuture(new StoreBroken("another Holter leads"));
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    writer.backlog().put(write, done);
    return done;
  }

  /** The latest order of each instance, by whoever led then. */
  public List<Input.Ordered> orders() {
    return query.read(
        OrderRows.ALL, List.of(), OrderRows.reading(json, System.currentTimeMillis()));
  }

  public List<Route> routes() {
    return query.read(RouteRows.ALL, List.of(), RouteRows::read);
  }

  public List<KnownInstance> roster() {
    return query.bodies(
        "SELECT body FROM roster ORDER BY instance", List.of(), KnownInstance.class, "roster line");
  }

  public List<Incident> openIncidents() {
    return query.bodies(
        "SELECT body FROM incident WHERE closed_at_ms < 0 ORDER BY opened_at_ms",
        List.of(),
        Incident.class,
        "incident");
  }

  /** The highest number that an incident's id has had: {@code inc-0007} is 7. */
  public long incidentsSoFar() {
    return IncidentRows.highest(
        query.read("SELECT id FROM incident", List.of(), row -> row.getString(1)));
  }

  /** The newest incidents, closed or not, newest first. */
  public List<Incident> latestIncidents(int limit) {
    return query.bodies(
        "SELECT body FROM incident ORDER BY opened_at_ms DESC, id DESC LIMIT " + limit,
        List.of(),
        Incident.class,
        "incident");
  }

  public Optional<Incident> incident(String id) {
    return query
        .bodies("SELECT body FROM incident WHERE id = ?", List.of(id), Incident.class, "incident")
        .stream()
        .findFirst();
  }

  /** The newest audit lines, newest first. */
  public List<AuditEntry> latestAudit(int limit) {
    return query.bodies(
        "SELECT body FROM audit ORDER BY n DESC LIMIT " + limit,
        List.of(),
        AuditEntry.class,
        "audit line");
  }

  public OptionalLong noted(String name) {
    return query
        .read("SELECT value FROM meta WHERE name = ?", List.of(name), row -> row.getString(1))
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
    leader.close();
    writer.close();
    database.close();
  }
}
