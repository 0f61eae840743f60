package holter.server.http;

import java.util.List;

/**
 * How Holter fares, part by part.
 *
 * @param status {@code ok}, {@code degraded}, {@code failed}; for readiness {@code ready}, {@code
 *     starting}
 * @param parts each with one line
 */
public record Health(String status, List<Part> parts) {
  public Health {
    parts = List.copyOf(parts);
  }

  /** One part and what it says. */
  public record Part(String part, boolean ok, String says) {}
}
