package holter.server.store;

import holter.engine.Incident;
import java.util.List;

/** Incidents as rows. */
final class IncidentRows {
  private IncidentRows() {}

  static Write write(Incident incident, String body) {
    return Write.replace(
        "incident/" + incident.id(),
        Write.Statement.of("DELETE FROM incident WHERE id = ?", incident.id()),
        Write.Statement.of(
            "INSERT INTO incident (id, opened_at_ms, closed_at_ms, body) VALUES (?, ?, ?, ?)",
            incident.id(),
            incident.openedAtMs(),
            incident.closedAtMs(),
            body));
  }

  /** The highest number in these ids: that of {@code inc-0007} is 7; 0 for none. */
  static long highest(List<String> ids) {
    return ids.stream().mapToLong(IncidentRows::numberIn).max().orElse(0);
  }

  private static long numberIn(String id) {
    String digits = id.replaceAll("\\D", "");
    return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
  }
}
