package holter.engine;

import holter.channel.ClusterMap;
import holter.channel.LaneSample;
import holter.detect.ProbeOutcome;
import holter.detect.RestartTruth;
import holter.diagnose.Observation;
import holter.fleet.Beat;
import holter.fleet.InstanceId;
import holter.fleet.KnownInstance;
import holter.words.Sentence;
import java.util.List;

/** Everything the engine can learn. Built at the edge, consumed by {@link Engine#step}. */
public sealed interface Input {
  /** A beat was read. */
  record Heard(Beat beat) implements Input {}

  /** A record of the heartbeat topic could not be read as a beat. */
  record Garbled(int partition, long offset, String why) implements Input {}

  /**
   * The reader has read everything that was visible on a partition at {@code throughMs}: the read
   * barrier.
   */
  record ReadThrough(int partition, long throughMs) implements Input {}

  /** A lane finished a round. */
  record Sampled(LaneSample sample) implements Input {}

  /** Metadata was read anew. */
  record Mapped(ClusterMap map) implements Input {}

  /** An instance was asked; {@code askedAtMs} is when. */
  record Probed(InstanceId instance, long askedAtMs, ProbeOutcome outcome) implements Input {}

  /**
   * Somebody knocked at a port of a worker's host that is not the worker's.
   *
   * @param answered whether the host took the connection or refused it
   */
  record Knocked(String host, boolean answered, long beganMs, long endedMs) implements Input {}

  /** A runner's exit event. {@code incarnationCounter} is 0 when the runner cannot tell. */
  record Exited(InstanceId instance, long incarnationCounter, int exitCode) implements Input {}

  /** Our own health: a pause of the loop or a step of the wall clock, in milliseconds. */
  record Self(long pausedMs, long wallStepMs) implements Input {}

  /** Leadership as of now; {@code epoch} grows with each term. */
  record Leading(boolean leading, long epoch) implements Input {}

  /**
   * A restart that the leader before us had ordered, {@code agoMs} ago, and may not have seen
   * answered; told once we lead.
   */
  record Ordered(RestartOrder order, long agoMs) implements Input {}

  /** What became of a restart order. */
  record Restarted(String orderKey, boolean done, RestartTruth truth, String detail)
      implements Input {}

  /** Observations asked for by {@link Action.Collect}; all that came in by its deadline. */
  record Collected(String incidentId, List<Observation> observations) implements Input {
    public Collected {
      observations = List.copyOf(observations);
    }
  }

  /**
   * What was stored before our own restart, or by the replica that led before us; the first input
   * of a life, and of a leadership that others had in between.
   *
   * @param incidentsSoFar the highest number of any stored incident, open or closed; 0 for none
   */
  record Recalled(List<KnownInstance> roster, List<Incident> openIncidents, long incidentsSoFar)
      implements Input {
    public Recalled {
      roster = List.copyOf(roster);
      openIncidents = List.copyOf(openIncidents);
    }
  }

  /** An operator says that an instance will be down on purpose. */
  record Planned(InstanceId instance, long forMs) implements Input {}

  /** An operator removes an instance from the roster. */
  record Forgotten(InstanceId instance) implements Input {}

  /** An operator has looked at an instance that restarts in vain: it may be restarted again. */
  record Released(InstanceId instance) implements Input {}

  /** Something was done about an incident, or could be: a line of its timeline. */
  record Noted(String incidentId, Sentence what) implements Input {}

  /** An operator has looked at the common cause: inferred deaths may be acted on again. */
  record BreakerClosed() implements Input {}
}
