package holter.engine;

import holter.words.Sentence;
import java.util.List;

/**
 * One decision with its evidence, kept for ever.
 *
 * @param atMs engine time
 * @param subject an instance, a partition, an incident
 * @param from the state left, by name
 * @param to the state entered, by name
 * @param rule the rule that decided: {@code R3}, {@code G2}, {@code L1} …
 * @param why one sentence
 * @param evidence the facts it rests on, one line each
 */
public record AuditEntry(
    long atMs,
    String subject,
    String from,
    String to,
    String rule,
    Sentence why,
    List<String> evidence) {
  public AuditEntry {
    evidence = List.copyOf(evidence);
  }
}
