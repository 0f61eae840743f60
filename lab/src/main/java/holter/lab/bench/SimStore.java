package holter.lab.bench;

import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.RestartOrder;
import holter.fleet.KnownInstance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The store that simulated replicas share: the lease as the PostgreSQL server keeps it, and what
 * the leader wrote. Each call is answered at once.
 */
final class SimStore {
  /** As {@code holter.server.store} has them. */
  static final long LEASE_MS = 6_000;

  static final long MARGIN_MS = 1_000;

  private record Kept(RestartOrder order, long atMs) {}

  private int holder = -1;
  private long epoch;
  private long untilMs;
  private final Map<String, KnownInstance> roster = new LinkedHashMap<>();
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Map<String, Kept> orders = new LinkedHashMap<>();

  /** The epoch of a new leadership; 0 when another one leads. */
  long take(int who, long nowMs) {
    if (holder != who && nowMs <= untilMs) {
      return 0;
    }
    holder = who;
    untilMs = nowMs + LEASE_MS;
    return ++epoch;
  }

  boolean renew(int who, long held, long nowMs) {
    if (holder != who || epoch != held) {
      return false;
    }
    untilMs = nowMs + LEASE_MS;
    return true;
  }

  void keep(RestartOrder order, long nowMs) {
    orders.put(order.instance().value(), new Kept(order, nowMs));
  }

  void remember(KnownInstance known) {
    roster.put(known.id().value(), known);
  }

  void save(Incident incident) {
    incidents.put(incident.id(), incident);
  }

  Input.Recalled recalled() {
    var open = incidents.values().stream().filter(Incident::open).toList();
    return new Input.Recalled(List.copyOf(roster.values()), open, incidents.size());
  }

  List<Input.Ordered> ordered(long nowMs) {
    return orders.values().stream()
        .map(kept -> new Input.Ordered(kept.order(), nowMs - kept.atMs()))
        .toList();
  }
}
