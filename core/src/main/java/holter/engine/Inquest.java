package holter.engine;

import holter.detect.Verdict;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnoser;
import holter.diagnose.Diagnosis;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Reach;
import holter.diagnose.Subject;
import java.util.ArrayList;
import java.util.List;

/** Works on an open incident: names its subject, asks for evidence, diagnoses, saves. */
final class Inquest {
  static final long COLLECT_EVERY_MS = 5_000;
  static final long COLLECT_CONFIRMED_EVERY_MS = 30_000;

  /** Collectors have deadlines of their own; after this their answer is lost. */
  static final long COLLECT_LOST_MS = 15_000;

  private static final long DIAGNOSE_EVERY_MS = 1_000;
  private static final long SAVE_EVERY_MS = 1_000;

  /** Evidence from before the first symptom: what led to it. */
  private static final long BEFORE_MS = 120_000;

  private final World world;
  private final OwnEvidence own;

  Inquest(World world) {
    this.world = world;
    this.own = new OwnEvidence(world);
  }

  /** Partitions, broker and host by paths and map alone: at once, before any evidence. */
  void name(OpenIncident incident, long nowMs) {
    int broker = world.channel().sickBroker();
    if (broker < 0) {
      return;
    }
    for (int p : world.channel().partitions()) {
      if (world.channel().sick(p)) {
        incident.partitions.add(p);
      }
    }
    String host = world.channel().hostOf(broker);
    if (broker != incident.broker || (!host.isEmpty() && !host.equals(incident.host))) {
      incident.broker = broker;
      incident.host = host.isEmpty() ? incident.host : host;
      if (incident.host.isEmpty()) {
        incident.event(nowMs, IncidentWords.NAMED_BROKER, broker);
      } else {
        boolean one = incident.partitions.size() == 1;
        var words = one ? IncidentWords.NAMED_ONE : IncidentWords.NAMED;
        incident.event(nowMs, words, incident.partitions, broker, incident.host);
      }
      incident.collectAskedMs = Math.min(incident.collectAskedMs, nowMs - COLLECT_EVERY_MS);
    }
  }

  boolean anyHeld() {
    var fleet = world.fleet();
    for (int row = fleet.nextAwake(0); row >= 0; row = fleet.nextAwake(row + 1)) {
      var member = fleet.at(row);
      if (member != null && member.heldByChannel()) {
        return true;
      }
    }
    return false;
  }

  boolean anyInTrouble(OpenIncident incident) {
    var fleet = world.fleet();
    for (int row = fleet.nextAwake(0); row >= 0; row = fleet.nextAwake(row + 1)) {
      var member = fleet.at(row);
      if (member != null
          && !(member.verdict instanceof Verdict.Alive)
          && !(member.verdict instanceof Verdict.Quarantined)
          && incident.instances.contains(fleet.table().id(row).value())) {
        return true;
      }
    }
    return false;
  }

  void collected(OpenIncident incident, List<Observation> observations, long nowMs) {
    incident.collecting = false;
    observations.forEach(seen -> put(incident, seen));
    incident.dirty = true;
    diagnose(incident, nowMs);
  }

  /**
   * A knock or a load from after the relief says how well it is now, not what was wrong. While a
   * path is sick, the named broker's answer and its host's load wait until the lanes tell that they
   * are from the sickness: they may be the first signs of relief.
   */
  private void put(OpenIncident incident, Observation seen) {
    boolean ofNow = seen.fact() instanceof Fact.BrokerReach || seen.fact() instanceof Fact.HostLoad;
    if (ofNow && seen.atMs() >= incident.relievedMs) {
      return;
    }
    boolean mayBeRelief =
        switch (seen.fact()) {
          case Fact.BrokerReach knock ->
              knock.brokerId() == incident.broker && knock.reach() == Reach.ANSWERED;
          case Fact.HostLoad load -> load.host().equals(incident.host);
          default -> false;
        };
    var channel = world.channel();
    if (mayBeRelief && channel.suffering() && !channel.sufferedSince(seen.atMs())) {
      incident.waiting.removeIf(w -> w.fact().getClass() == seen.fact().getClass());
      incident.waiting.add(seen);
    } else {
      incident.evidence.put(seen);
    }
  }

  /** Nothing suffers, and the broker it is about serves: not merely another that took over. */
  private void relief(OpenIncident incident, long nowMs) {
    var channel = world.channel();
    if (channel.suffering()) {
      incident.relievedMs = Long.MAX_VALUE;
    } else if (incident.relievedMs == Long.MAX_VALUE && channel.serves(incident.broker)) {
      incident.relievedMs = nowMs;
      incident.waiting.clear();
    }
    for (var seen : List.copyOf(incident.waiting)) {
      if (!channel.suffering() || channel.sufferedSince(seen.atMs())) {
        incident.waiting.remove(seen);
        incident.evidence.put(seen);
      }
    }
  }

  void work(OpenIncident incident, long nowMs) {
    relief(incident, nowMs);
    long every = incident.confirmed() ? COLLECT_CONFIRMED_EVERY_MS : COLLECT_EVERY_MS;
    boolean lost = nowMs - incident.collectAskedMs >= COLLECT_LOST_MS;
    if (nowMs - incident.collectAskedMs >= every && (!incident.collecting || lost)) {
      incident.collecting = true;
      incident.collectAskedMs = nowMs;
      long since = incident.openedAtMs - BEFORE_MS;
      world.outbox().add(new Action.Collect(incident.id, incident.subject(), since));
    }
    if (nowMs - incident.diagnosedMs >= DIAGNOSE_EVERY_MS && incident.troubledMs == nowMs) {
      diagnose(incident, nowMs);
    }
  }

  private void diagnose(OpenIncident incident, long nowMs) {
    incident.diagnosedMs = nowMs;
    var before = incident.diagnosis;
    var latest = Diagnoser.diagnose(observations(incident, nowMs), nowMs);
    incident.diagnosis =
        placed(Standing.after(before, latest, world.channel().suffering()), incident);
    if (incident.diagnosis.equals(before)) {
      return;
    }
    incident.dirty = true;
    for (var found : incident.diagnosis.found()) {
      boolean news =
          before.found().stream()
              .noneMatch(f -> f.code() == found.code() && f.confidence() == found.confidence());
      if (news) {
        var words =
            found.confidence() == Confidence.CONFIRMED
                ? IncidentWords.DIAGNOSED_CONFIRMED
                : IncidentWords.DIAGNOSED_LIKELY;
        incident.event(nowMs, words, found.code().name());
      }
    }
  }

  /** Paths may have healed by the time their broker is diagnosed: the incident knows them. */
  private static Diagnosis placed(Diagnosis diagnosis, OpenIncident incident) {
    var found = new ArrayList<Diagnosis.Found>();
    for (var f : diagnosis.found()) {
      boolean same = f.subject().brokerId() >= 0 && f.subject().brokerId() == incident.broker;
      found.add(same ? at(f, incident) : f);
    }
    return new Diagnosis(
        found, diagnosis.ruledOut(), diagnosis.notAsked(), diagnosis.wouldSettle());
  }

  private static Diagnosis.Found at(Diagnosis.Found f, OpenIncident incident) {
    var subject =
        new Subject(
            List.copyOf(incident.partitions),
            incident.broker,
            f.subject().host().isEmpty() ? incident.host : f.subject().host(),
            f.subject().instances());
    return new Diagnosis.Found(
        f.code(),
        f.confidence(),
        f.probability(),
        f.over(),
        subject,
        f.speaksFor(),
        f.speaksAgainst(),
        f.remedies());
  }

  private List<Observation> observations(OpenIncident incident, long nowMs) {
    own.seen(nowMs).forEach(incident.evidence::put);
    return incident.evidence.all();
  }

  void save(OpenIncident incident, boolean now, long nowMs) {
    boolean everLed = world.observer().epoch() > 0; // who never led keeps no books
    if (!everLed) {
      return;
    }
    if (now || (incident.dirty && nowMs - incident.savedMs >= SAVE_EVERY_MS)) {
      incident.dirty = false;
      incident.savedMs = nowMs;
      world.outbox().add(new Action.Save(picture(incident)));
    }
  }

  Incident picture(OpenIncident incident) {
    return incident.picture(incident.evidence.all());
  }
}
