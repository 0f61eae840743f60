package holter.server.store;

import holter.server.directory.Route;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Routes as rows. */
final class RouteRows {
  private static final String COLUMNS =
      "dtu, instance, incarnation, address, state, session_epoch, route_epoch, seq,"
          + " announced_wall_ms, owned_since_ms, via";

  static final String ALL = "SELECT " + COLUMNS + " FROM route ORDER BY dtu";

  private RouteRows() {}

  static Write write(Route route) {
    return Write.replace(
        "route/" + route.dtu(),
        Write.Statement.of("DELETE FROM route WHERE dtu = ?", route.dtu()),
        Write.Statement.of(
            "INSERT INTO route (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            route.dtu(),
            route.instance(),
            route.fence().incarnation(),
            route.address(),
            route.up() ? "up" : "down",
            route.fence().sessionEpoch(),
            route.routeEpoch(),
            route.fence().seq(),
            route.announcedWallMs(),
            route.ownedSinceMs(),
            route.via()));
  }

  static Route read(ResultSet row) throws SQLException {
    return new Route(
        row.getString("dtu"),
        row.getString("instance"),
        new Route.Fence(
            row.getLong("session_epoch"), row.getLong("incarnation"), row.getLong("seq")),
        row.getString("address"),
        "up".equals(row.getString("state")),
        row.getLong("route_epoch"),
        row.getLong("announced_wall_ms"),
        row.getLong("owned_since_ms"),
        row.getString("via"));
  }
}
