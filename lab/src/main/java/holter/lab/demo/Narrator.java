package holter.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import holter.channel.Sickness;
import holter.diagnose.CauseCode;
import holter.diagnose.Confidence;
import holter.lab.fleet.TruthLog;
import holter.lab.run.LabRun;
import holter.lab.run.Sightings;
import holter.lab.scenario.Scenario;
import holter.lab.witness.Counterfactual;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tells what happens while it happens, one line each, with the time since the command's start.
 * Thread-safe.
 */
final class Narrator implements LabRun.Audience {
  /** More lines of evidence than that nobody reads in a terminal; the record has them all. */
  private static final int EVIDENCE_LINES_MAX = 6;

  private static final int DECIDING_LINES_MAX = 3;

  /** Would-be restarts told one by one before they are only counted. */
  private static final int PLAIN_TOLD_MAX = 3;

  private static final int HELD_TOLD_MAX = 4;

  private final String lang;
  private final Consumer<String> out;
  private final long startNanos;
  private final Predicate<String> consents;
  private final Set<String> told = new HashSet<>();
  private final Map<String, Diagnosed> diagnosed = new HashMap<>();
  private int plainRestarts;
  private int plainFalse;
  private int heldTold;
  private boolean calm;
  private double diagnosisAtS = -1;

  Narrator(String lang, Consumer<String> out, long startNanos, Predicate<String> consents) {
    this.consents = consents;
    this.lang = lang;
    this.out = out;
    this.startNanos = startNanos;
  }

  @Override
  public synchronized void opened(LabRun.Stage stage) {
    stage.truth().listen(this::happened);
    stage.sightings().listen(this::seen);
    stage.plain().listen(would -> plain(would, stage.scenario()));
  }

  @Override
  public synchronized void calm(LabRun.Stage stage) {
    began(stage.scenario());
  }

  /** From now on what happens is told. */
  synchronized void began(Scenario scenario) {
    calm = true;
    say(Line.CALM, scenario.workers().size(), scenario.beatPartitions());
  }

  /** Seconds from the command's start to the first diagnosis of a cause; −1 for never. */
  synchronized double diagnosisAtS() {
    return diagnosisAtS;
  }

  synchronized void say(Line line, Object... args) {
    double seconds = sinceStart();
    out.accept("%02d:%04.1f  %s".formatted((int) seconds / 60, seconds % 60, line.say(lang, args)));
  }

  private double sinceStart() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private synchronized void happened(TruthLog.Event event) {
    if (!calm) {
      return;
    }
    switch (event.kind()) {
      case FAULT_BEGAN -> {
        if (event.detail().endsWith("nicSaturate")) {
          say(Line.SATURATED, event.subject());
        }
      }
      case FAULT_ENDED -> {
        if (event.detail().endsWith("nicSaturate")) {
          say(Line.PLAIN_MORE, plainRestarts, plainFalse);
          say(Line.RELIEF, event.subject());
        }
      }
      case WORKER_KILLED -> say(Line.KILLED, event.subject());
      case DTU_DIALLED -> say(Line.DIALLED, event.subject(), event.detail());
      case WORKER_STARTED,
          WORKER_STOPPED,
          WORKER_CONTINUED,
          WORKER_HUNG,
          WORKER_LEFT,
          BROKER_RESTARTED,
          ROLL_FAILED,
          DTU_HUNG_UP -> {}
    }
  }

  private synchronized void plain(Counterfactual.WouldRestart would, Scenario scenario) {
    if (!calm) {
      return;
    }
    plainRestarts++;
    plainFalse += would.trulyDown() ? 0 : 1;
    if (plainRestarts <= PLAIN_TOLD_MAX || would.trulyDown()) {
      say(
          Line.PLAIN,
          scenario.orchestrator().plainTimeoutIntervals(),
          would.instance(),
          (would.trulyDown() ? Line.DOWN_WORD : Line.HEALTHY_WORD).say(lang));
    } else if (plainRestarts % 10 == 0) {
      say(Line.PLAIN_MORE, plainRestarts, plainFalse);
    }
  }

  synchronized void seen(Object what) {
    if (!calm) {
      return;
    }
    switch (what) {
      case Sightings.PathSeen path -> path(path);
      case Sightings.IncidentSeen incident -> incident(incident);
      case Sightings.IncidentRead read -> read(read);
      case Sightings.VerdictSeen verdict -> verdict(verdict);
      default -> throw new IllegalStateException("nothing is told of " + what.getClass());
    }
  }

  private void path(Sightings.PathSeen path) {
    if (path.state().equals("healthy") && told.contains("sick" + path.partition())) {
      if (told.add("healthy" + path.partition())) {
        say(Line.HEALTHY_AGAIN, path.partition());
      }
    }
    if (path.state().equals("sick")) {
      boolean isr = path.sickness().equalsIgnoreCase("isr");
      if (told.add((isr ? "isr" : "sick") + path.partition())) {
        told.add("sick" + path.partition());
        if (path.broker() < 0) {
          say(Line.SICK_UNLED, path.partition(), sickness(path));
        } else if (isr) {
          say(Line.ISR_EFFECT, path.partition(), path.broker());
        } else {
          say(Line.SICK, path.partition(), sickness(path), path.broker());
        }
      }
    }
  }

  private String sickness(Sightings.PathSeen path) {
    return spoken().word(Sickness.values(), path.sickness());
  }

  private void incident(Sightings.IncidentSeen incident) {
    var subject = incident.subject();
    if (subject.broker() >= 0
        && !subject.host().isEmpty()
        && told.add("named" + incident.id() + subject.broker())) {
      say(Line.NAMED, incident.id(), subject.partitions(), subject.broker(), subject.host());
    }
    if (!incident.open() && told.add("closed" + incident.id())) {
      say(Line.CLOSED, incident.id());
    }
  }

  private void verdict(Sightings.VerdictSeen verdict) {
    if (verdict.verdict().equals("held")
        && heldTold < HELD_TOLD_MAX
        && told.add("held" + verdict.instance())) {
      heldTold++;
      say(Line.HELD, verdict.instance(), spoken().sentence(verdict.why()));
    }
  }

  @Override
  public boolean consents(String plan) {
    say(Line.PLAN_SHOWN);
    plan.lines().forEach(out);
    boolean agreed = consents.test(plan);
    say(agreed ? Line.AGREED : Line.NOT_AGREED);
    return agreed;
  }

  /** What was planned and done about it, as the incident's timeline has it. */
  private void remedies(Sightings.IncidentRead read) {
    for (var event : read.json().path("timeline")) {
      var what = event.path("what");
      if (what.path("key").asText().contains("PlanWords.")) {
        var line = spoken().sentence(what);
        if (told.add(read.id() + line)) {
          say(Line.REMEDIED, line);
        }
      }
    }
  }

  private void read(Sightings.IncidentRead read) {
    remedies(read);
    var diagnosis = read.json().path("diagnosis");
    for (var found : diagnosis.path("found")) {
      var claim = Diagnosed.of(found, spoken());
      var before = diagnosed.get(read.id() + claim.key());
      if (claim.claimed() && (before == null || claim.firmerThan(before))) {
        diagnosed.put(read.id() + claim.key(), claim);
        if (before == null) {
          first(claim, found, diagnosis);
        } else {
          firmer(claim, before);
        }
      }
    }
  }

  private void first(Diagnosed claim, JsonNode found, JsonNode diagnosis) {
    if (diagnosisAtS < 0) {
      diagnosisAtS = sinceStart();
    }
    diagnosis(Line.DIAGNOSIS, claim);
    claim.evidence().stream().limit(EVIDENCE_LINES_MAX).forEach(e -> say(Line.EVIDENCE, e));
    for (var out : diagnosis.path("ruledOut")) {
      var code = out.path("code").asText();
      say(Line.RULED_OUT, code + " " + spoken().word(CauseCode.values(), code));
    }
    for (var missing : diagnosis.path("notAsked")) {
      say(Line.NOT_ASKED, spoken().sentence(missing));
    }
    for (var remedy : found.path("remedies")) {
      say(Line.REMEDY, spoken().sentence(remedy));
    }
  }

  /** The same diagnosis with more behind it: what has been added is what decided. */
  private void firmer(Diagnosed claim, Diagnosed before) {
    diagnosis(Line.DIAGNOSIS_FIRMER, claim);
    claim.evidence().stream()
        .filter(each -> !before.evidence().contains(each))
        .limit(DECIDING_LINES_MAX)
        .forEach(each -> say(Line.EVIDENCE, each));
  }

  private void diagnosis(Line line, Diagnosed claim) {
    var sure = spoken().word(Confidence.values(), claim.confidence());
    var words = spoken().word(CauseCode.values(), claim.code());
    say(line, claim.code(), words, claim.whom(lang), sure);
  }

  private Spoken spoken() {
    return Spoken.in(lang);
  }
}
