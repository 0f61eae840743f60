package holter.server.http;

import holter.engine.AuditEntry;
import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.View;
import holter.server.directory.Directory;
import holter.server.remedy.RemedyDesk;
import holter.server.text.Tongue;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What the API reads and tells; answers from memory and never blocks on Kafka. */
public interface Desk {
  /** Who Holter is, since it started. */
  About about();

  /** The latest picture of the engine. */
  View view();

  /** How Holter itself fares. */
  Health health();

  /** Whether Holter can judge: it leads, has a map and a proved path. */
  Health readiness();

  /** An incident, also an old one. */
  Optional<Incident> incident(String id);

  /** Decisions, newest first; {@code subject} empty for all. */
  List<AuditEntry> audit(String subject, int limit);

  /** The route of a DTU. */
  Optional<Directory.Shown> route(String dtu);

  /** Hands an input to the engine; false when it is too far behind to take it. */
  boolean tell(Input input);

  /** Engine time now. */
  long nowMs();

  /** The record of an incident. */
  Report report(Incident incident, Tongue tongue);

  /** Plans of what would help, and what was done about them; reads them from their folder. */
  RemedyDesk remedies();

  /** One line about an incident. */
  String headline(Incident incident, Tongue tongue);

  /** A record as Markdown, its headline, and the page. */
  record Report(String headline, String markdown, String html) {}

  /**
   * @param cluster its name for people
   * @param version of Holter
   * @param topic of the heartbeats
   * @param startedAtMs engine time of the start
   * @param leaderEpoch of this or the latest leadership; 0 before the first
   */
  record About(
      String cluster, String version, String topic, long startedAtMs, LongSupplier leaderEpoch) {}
}
