package holter.server;

import holter.engine.AuditEntry;
import java.util.ArrayDeque;
import java.util.List;

/** The latest decisions, newest first, in memory; all of them are in the store. Thread-safe. */
final class AuditTrail {
  static final int KEPT = 5_000;

  private final ArrayDeque<AuditEntry> entries = new ArrayDeque<>();

  /**
   * @param recalled as stored, newest first
   */
  AuditTrail(List<AuditEntry> recalled) {
    recalled.forEach(entries::addLast);
  }

  synchronized void add(AuditEntry entry) {
    entries.addFirst(entry);
    if (entries.size() > KEPT) {
      entries.removeLast();
    }
  }

  synchronized List<AuditEntry> latest(String subject, int limit) {
    return entries.stream()
        .filter(entry -> subject.isEmpty() || entry.subject().equals(subject))
        .limit(limit)
        .toList();
  }
}
