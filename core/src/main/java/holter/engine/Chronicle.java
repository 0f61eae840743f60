package holter.engine;

import holter.channel.PathState;
import holter.detect.DeathProof;
import holter.detect.HoldReason;
import holter.detect.RestartTruth;
import holter.detect.Ruling;
import holter.diagnose.ComplaintKind;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.fleet.InstanceId;
import holter.words.Sentence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens incidents, tells them what happens, closes them. At most one for the channel at a time, and
 * one per worker that dies while the channel is well.
 */
final class Chronicle {
  private static final int WORKERS_MAX = 20;
  private static final int CLOSED_MAX = 50;

  private final World world;
  private final Inquest inquest;
  private final Map<String, OpenIncident> ofWorkers = new LinkedHashMap<>();
  private final Deque<Incident> closed = new ArrayDeque<>();
  private @Nullable OpenIncident ofChannel;
  private long lastNumber;

  Chronicle(World world) {
    this.world = world;
    this.inquest = new Inquest(world);
  }

  /** What was stored before our own restart, or by who led before us: it goes on, ours does not. */
  void recall(List<Incident> open, long incidentsSoFar, long nowMs) {
    ofChannel = null;
    ofWorkers.clear();
    lastNumber = Math.max(lastNumber, incidentsSoFar);
    for (var was : open) {
      var incident = OpenIncident.recalled(was, nowMs);
      lastNumber = Math.max(lastNumber, number(was.id()));
      incident.event(nowMs, IncidentWords.RECALLED);
      if (incident.ofChannel() && ofChannel == null) {
        ofChannel = incident;
      } else {
        ofWorkers.put(incident.instances.stream().findFirst().orElse(was.id()), incident);
      }
    }
  }

  private static long number(String id) {
    String digits = id.replaceAll("\\D", "");
    return digits.isEmpty() || digits.length() > 15 ? 0 : Long.parseLong(digits);
  }

  private OpenIncident open(long sinceMs, long nowMs) {
    lastNumber++;
    String books = world.observer().epoch() > 0 ? "inc" : "own"; // numbers are the leader's to give
    String id = "%s-%04d".formatted(books, lastNumber);
    var incident = new OpenIncident(id, Math.min(sinceMs, nowMs));
    incident.troubledMs = nowMs;
    long lateS = (nowMs - incident.openedAtMs) / 1_000;
    incident.event(nowMs, lateS > 0 ? IncidentWords.NOTICED : IncidentWords.OPENED, lateS);
    return incident;
  }

  private OpenIncident channel(long sinceMs, long nowMs) {
    var incident = ofChannel;
    if (incident == null) {
      incident = open(sinceMs, nowMs);
      ofChannel = incident;
    }
    return incident;
  }

  /** The incident that a worker's trouble belongs to: the channel's while there is one. */
  private OpenIncident worker(InstanceId id, long nowMs) {
    if (ofChannel != null) {
      return ofChannel;
    }
    var incident = ofWorkers.get(id.value());
    if (incident == null && ofWorkers.size() >= WORKERS_MAX) {
      incident = new ArrayList<>(ofWorkers.values()).getLast();
    }
    if (incident == null) {
      incident = open(nowMs, nowMs);
      ofWorkers.put(id.value(), incident);
    }
    incident.concerns(id.value());
    return incident;
  }

  private Optional<OpenIncident> about(InstanceId id) {
    var own = ofWorkers.get(id.value());
    if (own != null) {
      return Optional.of(own);
    }
    return all().stream().filter(i -> i.instances.contains(id.value())).findFirst();
  }

  private Collection<OpenIncident> all() {
    var all = new ArrayList<OpenIncident>();
    if (ofChannel != null) {
      all.add(ofChannel);
    }
    all.addAll(ofWorkers.values());
    return all;
  }

  void held(InstanceId id, HoldReason reason, Ruling ruling, long nowMs) {
    var incident =
        switch (reason) {
          case CHANNEL_PARTITION, CHANNEL_ALL, PROBE_PATH, HOST_PATH, COHORT ->
              channel(nowMs, nowMs);
          case BUDGET, BREAKER -> worker(id, nowMs);
          case OBSERVER_GRACE, NOT_LEADER -> ofChannel;
        };
    if (incident == null) {
      return;
    }
    if (reason == HoldReason.HOST_PATH && incident.host.isEmpty()) {
      incident.host = world.fleet().table().host(world.fleet().table().row(id));
    }
    incident.release(id.value(), nowMs);
    incident.hold(id.value(), ruling.why(), nowMs);
    incident.event(nowMs, IncidentWords.held(reason), id, ruling.rule());
  }

  void released(InstanceId id, long nowMs) {
    for (var incident : all()) {
      incident.release(id.value(), nowMs);
    }
    about(id).ifPresent(i -> i.event(nowMs, IncidentWords.RELEASED, id));
  }

  void died(InstanceId id, DeathProof proof, long nowMs) {
    var incident = worker(id, nowMs);
    incident.concerns(id.value());
    incident.event(nowMs, IncidentWords.DIED, id, proof);
    incident.evidence.put(OwnEvidence.death(id, proof, nowMs));
  }

  void exited(InstanceId id, int code, long nowMs) {
    var incident = worker(id, nowMs);
    incident.concerns(id.value());
    incident.event(nowMs, IncidentWords.EXITED, id, code);
    var fact = new Fact.WorkerExited(id, code);
    incident.evidence.put(new Observation(Source.RUNNER, "runner", nowMs, fact));
  }

  void ordered(InstanceId id, Sentence why, long nowMs) {
    var incident = worker(id, nowMs);
    incident.ordered(id.value(), why, nowMs);
    incident.event(nowMs, IncidentWords.RESTARTING, id);
  }

  void restarted(InstanceId id, boolean done, RestartTruth truth, long nowMs) {
    for (var incident : all()) {
      if (incident.concernsOrder(id.value())) {
        incident.truth(id.value(), done ? truth.name().toLowerCase(Locale.ROOT) : "not done");
        if (done) {
          incident.event(nowMs, IncidentWords.RESTARTED, id, truth);
        } else {
          incident.event(nowMs, IncidentWords.RESTART_REFUSED, id);
        }
      }
    }
  }

  void alive(InstanceId id, long nowMs) {
    about(id)
        .filter(i -> i.concernsOrder(id.value()))
        .ifPresent(i -> i.event(nowMs, IncidentWords.BACK, id));
  }

  /** Tells every open incident. */
  void told(long nowMs, IncidentWords what, Object... args) {
    all().forEach(i -> i.event(nowMs, what, args));
  }

  /** Tells the channel's incident, when there is one. */
  void onChannel(long nowMs, IncidentWords what, Object... args) {
    if (ofChannel != null) {
      ofChannel.event(nowMs, what, args);
    }
  }

  /** A path's state changed. */
  void path(int partition, PathState state, long nowMs) {
    switch (state) {
      case PathState.Sick(var kind, long since, int broker) -> {
        var incident = channel(since, nowMs);
        incident.partitions.add(partition);
        String host = world.channel().hostOf(broker);
        int leader = world.channel().leaderOf(partition);
        var words =
            leader < 0
                ? IncidentWords.PATH_SICK
                : broker < 0
                    ? IncidentWords.PATH_SICK_LED
                    : host.isEmpty() ? IncidentWords.PATH_SICK_OVER : IncidentWords.PATH_SICK_ON;
        incident.event(nowMs, words, partition, kind, leader, broker, host);
      }
      case PathState.Healthy h -> onChannel(nowMs, IncidentWords.PATH_HEALED, partition);
      case PathState.Unknown u -> onChannel(nowMs, IncidentWords.PATH_UNKNOWN, partition);
    }
  }

  void noted(String incidentId, Sentence what, long nowMs) {
    all().stream().filter(i -> i.id.equals(incidentId)).forEach(i -> i.told(nowMs, what));
  }

  void collected(String incidentId, List<Observation> observations, long nowMs) {
    for (var incident : all()) {
      if (incident.id.equals(incidentId)) {
        inquest.collected(incident, observations, nowMs);
      }
    }
  }

  void tick(long nowMs) {
    if (ofChannel != null) {
      var incident = ofChannel;
      inquest.name(incident, nowMs);
      boolean held = inquest.anyHeld();
      if (world.channel().healthyCount() < Math.max(1, world.channel().size()) || held) {
        incident.troubledMs = nowMs;
      }
      if (settle(incident, nowMs)) {
        ofChannel = null;
      }
    }
    for (var entry : List.copyOf(ofWorkers.entrySet())) {
      if (inquest.anyInTrouble(entry.getValue())) {
        entry.getValue().troubledMs = nowMs;
      }
      if (settle(entry.getValue(), nowMs)) {
        ofWorkers.remove(entry.getKey());
      }
    }
  }

  /** Works on an incident, and says whether it was closed. */
  private boolean settle(OpenIncident incident, long nowMs) {
    inquest.work(incident, nowMs);
    long quiet = world.settings().incidentQuietMs();
    boolean over = nowMs - incident.troubledMs >= quiet;
    if (over) {
      incident.closedAtMs = nowMs;
      incident.event(nowMs, IncidentWords.CLOSED, quiet / 1_000);
    }
    inquest.save(incident, over, nowMs);
    if (over) {
      closed.addFirst(inquest.picture(incident));
      if (closed.size() > CLOSED_MAX) {
        closed.removeLast();
      }
    }
    return over;
  }

  /** Open ones first, then the latest closed ones. */
  List<Incident> pictures() {
    var pictures = new ArrayList<Incident>();
    all().forEach(i -> pictures.add(inquest.picture(i)));
    pictures.addAll(closed);
    return pictures;
  }

  /** Whether brokers, from another vantage than ours, find the broker on this host gone. */
  boolean hostGone(String host, long nowMs) {
    var map = world.channel().map();
    if (map == null || ofChannel == null || nowMs - world.fleet().hostHeardMs(host) <= 15_000) {
      return false;
    }
    var there = map.brokers().stream().filter(b -> b.host().equals(host)).map(b -> b.id()).toList();
    return ofChannel.evidence.all().stream()
        .filter(o -> nowMs - o.atMs() <= 60_000)
        .anyMatch(
            o ->
                o.fact() instanceof Fact.Complaint c
                    && c.kind() == ComplaintKind.CONNECT_TIMEOUT
                    && there.contains(c.target()));
  }
}
