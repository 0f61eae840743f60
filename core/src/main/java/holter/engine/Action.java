package holter.engine;

import holter.diagnose.Subject;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.KnownInstance;

/** What the engine wants done. Data only; the shell carries it out and reports back as input. */
public sealed interface Action {
  /** Ask an instance now; answer with {@link Input.Probed}. */
  record Probe(InstanceId instance, Incarnation expected, String answerAt, String host)
      implements Action {}

  /** Let a partition's lane take a sample now; answer with {@link Input.Sampled}. */
  record Sample(int partition) implements Action {}

  /** Restart an instance; answer with {@link Input.Restarted}. */
  record Restart(RestartOrder order) implements Action {}

  /** Tell a person that an instance should be restarted; nothing comes back. */
  record Advise(RestartOrder order) implements Action {}

  /** Collect evidence about a subject; answer with {@link Input.Collected}. */
  record Collect(String incidentId, Subject subject, long sinceMs) implements Action {}

  /** Keep a decision in the audit. */
  record Audit(AuditEntry entry) implements Action {}

  /** Store an incident as it now stands. */
  record Save(Incident incident) implements Action {}

  /** Store a line of the roster. */
  record Remember(KnownInstance instance) implements Action {}

  /** Remove a line of the roster. */
  record Forget(InstanceId instance) implements Action {}
}
