package holter.engine;

import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.diagnose.Observation;
import holter.diagnose.Subject;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An incident while it is open: grows, and is pictured as an {@link Incident}. Bounded. */
final class OpenIncident {
  private static final int TIMELINE_MAX = 500;
  private static final int LINES_MAX = 500;
  private static final int INSTANCES_MAX = 50;

  final String id;
  final long openedAtMs;
  final EvidenceStore evidence = new EvidenceStore();
  final TreeSet<Integer> partitions = new TreeSet<>();
  final Set<String> instances = new LinkedHashSet<>();
  int broker = -1;
  String host = "";
  Diagnosis diagnosis = new Diagnosis(List.of(), List.of(), List.of(), List.of());
  long collectAskedMs = Long.MIN_VALUE / 2;
  boolean collecting;
  long diagnosedMs = Long.MIN_VALUE / 2;
  long troubledMs;

  /** When the broker it is about served again; {@link Long#MAX_VALUE} while it does not. */
  long relievedMs = Long.MAX_VALUE;

  /** How its broker and host are, while the lanes have not yet told whether that is the relief. */
  final List<Observation> waiting = new ArrayList<>();

  long savedMs = Long.MIN_VALUE / 2;
  boolean dirty = true;
  long closedAtMs = -1;
  private final List<Incident.Event> timeline = new ArrayList<>();
  private final List<Incident.Held> held = new ArrayList<>();
  private final List<Incident.Restarted> restarted = new ArrayList<>();

  OpenIncident(String id, long openedAtMs) {
    this.id = id;
    this.openedAtMs = openedAtMs;
    this.troubledMs = openedAtMs;
  }

  /** Goes on with an incident that was open when we were stopped. */
  static OpenIncident recalled(Incident was, long nowMs) {
    var open = new OpenIncident(was.id(), was.openedAtMs());
    open.troubledMs = nowMs;
    open.partitions.addAll(was.subject().partitions());
    open.instances.addAll(was.subject().instances());
    open.broker = was.subject().brokerId();
    open.host = was.subject().host();
    open.diagnosis = was.diagnosis();
    open.timeline.addAll(was.timeline());
    open.restarted.addAll(was.restarted());
    was.held().forEach(h -> open.held.add(h.untilMs() < 0 ? until(h, nowMs) : h));
    was.evidence().forEach(open.evidence::put);
    return open;
  }

  void event(long atMs, IncidentWords what, Object... args) {
    told(atMs, Sentence.of(what, args));
  }

  void told(long atMs, Sentence what) {
    if (timeline.size() >= TIMELINE_MAX) {
      timeline.remove(TIMELINE_MAX / 2); // the beginning and the end tell the story
    }
    timeline.add(new Incident.Event(atMs, what));
    dirty = true;
  }

  void concerns(String instance) {
    if (instances.size() < INSTANCES_MAX) {
      instances.add(instance);
    }
  }

  void hold(String instance, Sentence why, long nowMs) {
    concerns(instance);
    if (held.size() < LINES_MAX) {
      held.add(new Incident.Held(instance, nowMs, -1, why));
    }
  }

  void release(String instance, long nowMs) {
    for (int i = held.size() - 1; i >= 0; i--) {
      var line = held.get(i);
      if (line.untilMs() < 0 && line.instance().equals(instance)) {
        held.set(i, until(line, nowMs));
        dirty = true;
      }
    }
  }

  private static Incident.Held until(Incident.Held line, long nowMs) {
    return new Incident.Held(line.instance(), line.fromMs(), nowMs, line.why());
  }

  void ordered(String instance, Sentence why, long nowMs) {
    concerns(instance);
    if (restarted.size() < LINES_MAX) {
      restarted.add(new Incident.Restarted(instance, nowMs, "", why));
    }
  }

  /** The runner's look at the process of the last order for this instance. */
  void truth(String instance, String truth) {
    for (int i = restarted.size() - 1; i >= 0; i--) {
      var line = restarted.get(i);
      if (line.instance().equals(instance) && line.truth().isEmpty()) {
        restarted.set(i, new Incident.Restarted(instance, line.atMs(), truth, line.why()));
        dirty = true;
        return;
      }
    }
  }

  boolean concernsOrder(String instance) {
    return restarted.stream().anyMatch(r -> r.instance().equals(instance));
  }

  Subject subject() {
    return new Subject(List.copyOf(partitions), broker, host, List.copyOf(instances));
  }

  boolean confirmed() {
    return diagnosis.first().filter(f -> f.confidence() == Confidence.CONFIRMED).isPresent();
  }

  /** About paths, not about one worker. */
  boolean ofChannel() {
    return !partitions.isEmpty() || broker >= 0 || !host.isEmpty();
  }

  Incident picture(List<Observation> observations) {
    return new Incident(
        id, openedAtMs, closedAtMs, subject(), diagnosis, timeline, observations, held, restarted);
  }
}
