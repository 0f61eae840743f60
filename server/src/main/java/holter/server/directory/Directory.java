package holter.server.directory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Which instance owns each DTU. A registration is applied only when its fence exceeds the one held,
 * so order and duplicates of arrival do not matter. A route is shown once it is on disk: no epoch
 * is ever seen that a restart could give out again.
 *
 * <pre>registration --newer--> latest (pending) --stored--> shown;  older or equal: nothing</pre>
 *
 * Thread-safe; bounded by the number of DTUs, at most {@link #DTUS_MAX}.
 */
public final class Directory {
  /** Beyond any fleet this serves; more is a mistake or an attack. */
  static final int DTUS_MAX = 1_000_000;

  /** What became of a registration. */
  public sealed interface Outcome {
    /** It is the newest; {@code stored} completes when it is on disk. */
    record Applied(long routeEpoch, CompletableFuture<Void> stored) implements Outcome {}

    /** Held already: this one, or a later one of the same instance and session. */
    record Duplicate(long routeEpoch, String owner, CompletableFuture<Void> stored)
        implements Outcome {}

    /** A newer session owns the DTU. */
    record Stale(long routeEpoch, String owner) implements Outcome {}

    /** The directory is full. */
    record Full() implements Outcome {}
  }

  /** What the directory answers about a DTU. */
  public record Shown(Route route, boolean pending) {}

  private record Held(Route route, CompletableFuture<Void> stored) {}

  private final Function<Route, CompletableFuture<Void>> store;
  private final LongSupplier nowMs;
  private final Map<String, Held> latest = new HashMap<>();
  private final Map<String, Route> shown = new HashMap<>();
  private final Digests digests = new Digests();

  /**
   * @param recalled routes as they were stored
   * @param store keeps a route; completes when it is on disk
   * @param nowMs engine time
   */
  public Directory(
      List<Route> recalled, Function<Route, CompletableFuture<Void>> store, LongSupplier nowMs) {
    this.store = store;
    this.nowMs = nowMs;
    for (Route route : recalled) {
      hold(new Held(route, CompletableFuture.completedFuture(null)));
      shown.put(route.dtu(), route);
    }
  }

  /**
   * Takes in what another leader stored. What is stored holds; what we heard that is newer is
   * stored now.
   */
  public synchronized void recall(List<Route> stored) {
    Map<String, Route> before = new HashMap<>();
    for (Route route : stored) {
      before.put(route.dtu(), route);
      Held held = latest.get(route.dtu());
      if (held == null || held.route().fence().compareTo(route.fence()) <= 0) {
        hold(new Held(route, CompletableFuture.completedFuture(null)));
        shown.put(route.dtu(), route);
      }
    }
    for (Held held : List.copyOf(latest.values())) {
      Route heard = held.route();
      Route owned = before.get(heard.dtu());
      if (owned == null || heard.fence().compareTo(owned.fence()) > 0) {
        boolean sameOwner = owned != null && owned.instance().equals(heard.instance());
        keep(heard.under(owned == null ? 1 : owned.routeEpoch() + (sameOwner ? 0 : 1)));
      }
    }
  }

  private Held keep(Route route) {
    Held held = new Held(route, store.apply(route).thenRun(() -> show(route)));
    hold(held);
    return held;
  }

  private void hold(Held held) {
    Held before = latest.put(held.route().dtu(), held);
    digests.replace(before == null ? null : before.route(), held.route());
  }

  /**
   * The connected DTUs that one life of an instance registered, as far as it was heard; what the
   * instance's beats tell of themselves is compared with it. Never waits.
   */
  public DtuDigest digest(String instance, long incarnation) {
    return digests.of(instance, incarnation);
  }

  /**
   * Takes a registration.
   *
   * @param via {@code kafka} or {@code http}
   */
  public synchronized Outcome apply(Registration registration, String via) {
    Held held = latest.get(registration.dtu());
    if (held == null) {
      return latest.size() >= DTUS_MAX ? new Outcome.Full() : take(registration, via, null);
    }
    Route owned = held.route();
    if (registration.fence().compareTo(owned.fence()) > 0) {
      return take(registration, via, owned);
    }
    return sameClaim(registration, owned)
        ? new Outcome.Duplicate(owned.routeEpoch(), owned.instance(), held.stored())
        : new Outcome.Stale(owned.routeEpoch(), owned.instance());
  }

  private static boolean sameClaim(Registration registration, Route owned) {
    return registration.instance().equals(owned.instance())
        && registration.fence().sessionEpoch() == owned.fence().sessionEpoch();
  }

  private Outcome take(
      Registration registration, String via, @org.jspecify.annotations.Nullable Route before) {
    boolean sameOwner = before != null && before.instance().equals(registration.instance());
    long epoch = before == null ? 1 : before.routeEpoch() + (sameOwner ? 0 : 1);
    Route route =
        new Route(
            registration.dtu(),
            registration.instance(),
            registration.fence(),
            registration.address(),
            registration.up(),
            epoch,
            registration.announcedWallMs(),
            sameOwner && before != null ? before.ownedSinceMs() : nowMs.getAsLong(),
            via);
    return new Outcome.Applied(epoch, keep(route).stored());
  }

  private synchronized void show(Route route) {
    Route before = shown.get(route.dtu());
    if (before == null || route.fence().compareTo(before.fence()) > 0) {
      shown.put(route.dtu(), route);
    }
  }

  /** The route of a DTU, as far as it is on disk. */
  public synchronized Optional<Shown> find(String dtu) {
    Route route = shown.get(dtu);
    Held held = latest.get(dtu);
    return route == null
        ? Optional.empty()
        : Optional.of(new Shown(route, held != null && !held.route().equals(route)));
  }

  /** How many DTUs are known. */
  public synchronized int size() {
    return shown.size();
  }
}
