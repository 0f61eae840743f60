package holter.server;

import holter.diagnose.CauseCode;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.diagnose.Fact;
import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.View;
import holter.remedy.KubeAsk;
import holter.remedy.KubePlanner;
import holter.remedy.KubeWorld;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.remedy.Proposal;
import holter.server.config.HolterConfig;
import holter.server.config.Remedies;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeWorldReader;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.RemedyDesk;
import holter.server.remedy.StandingConsent;
import holter.server.remedy.Vigil;
import holter.words.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans how pods leave a host whose network they fill: one plan per incident and its crowded hosts,
 * told in the incident. Somebody else consents and applies; or the configuration does, for kinds of
 * steps that have earned it. Has one thread of its own.
 */
final class NodeKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeKeeper.class);
  private static final Duration GLANCE = Duration.ofMillis(500);

  /** A kubelet counts anew every 10 to 15 s. */
  private static final Duration COUNTS = Duration.ofSeconds(16);

  /** When nothing can be planned, the cluster is read again after this. */
  private static final long AGAIN_MS = 15_000;

  private static final int TRIES = 8;

  /** Causes that fewer pods on the host help. */
  private static final Set<CauseCode> CROWDED = EnumSet.of(CauseCode.F04, CauseCode.F58);

  /** An incident and the hosts that are crowded in it: what a plan is made for. */
  private record Occasion(String incident, Set<String> hosts) {}

  /** How often it was tried, and what was last said of it. */
  private static final class Attempt {
    private int tries;
    private long notBeforeMs;
    private String said = "";
    private boolean planned;
  }

  private final HolterConfig config;
  private final KubeCluster cluster;
  private final LeaderKeeper.Around around;
  private final KubeWorldReader reader;
  private final PlanFolder plans;
  private final Map<Occasion, Attempt> attempts = new HashMap<>();
  private final StandingConsent consent;
  private final Vigil vigil;

  NodeKeeper(
      HolterConfig config, KubeCluster cluster, LeaderKeeper.Around around, RemedyDesk desk) {
    this.config = config;
    this.cluster = cluster;
    this.around = around;
    this.reader = new KubeWorldReader(cluster, System::currentTimeMillis);
    this.plans = PlanFolder.at(config.remedies().plans());
    this.consent =
        new StandingConsent(config.remedies().autoKinds(), plans, desk, System::currentTimeMillis);
    this.vigil = new Vigil("nodes", GLANCE, () -> turn(around.view().get()));
  }

  void start() {
    if (config.remedies().kubernetes() != Remedies.Mode.OFF) {
      vigil.start();
    }
  }

  private void turn(View view) throws InterruptedException {
    Map<String, Incident> open =
        view.incidents().stream()
            .filter(Incident::open)
            .collect(Collectors.toMap(Incident::id, incident -> incident));
    attempts.keySet().removeIf(occasion -> !open.containsKey(occasion.incident()));
    if (!view.leading() || !around.leads().getAsBoolean()) {
      return;
    }
    for (Incident incident : open.values()) {
      Set<String> hosts = crowded(incident.diagnosis());
      var attempt =
          attempts.computeIfAbsent(new Occasion(incident.id(), hosts), _ -> new Attempt());
      boolean due = around.clock().getAsLong() >= attempt.notBeforeMs;
      if (!hosts.isEmpty() && !attempt.planned && attempt.tries < TRIES && due) {
        plan(incident, hosts, attempt);
      }
    }
  }

  /** Hosts that a likely cause, at work now, finds crowded. */
  static Set<String> crowded(Diagnosis diagnosis) {
    return diagnosis.found().stream()
        .filter(f -> f.confidence() != Confidence.INCONCLUSIVE && !f.over())
        .filter(f -> CROWDED.contains(f.code()) && !f.subject().host().isEmpty())
        .map(f -> f.subject().host())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void plan(Incident incident, Set<String> hosts, Attempt attempt)
      throws InterruptedException {
    attempt.tries++;
    KubeWorld world = reader.read(nics(incident), COUNTS);
    Proposal proposed = KubePlanner.plan(world, KubeAsk.of(hosts));
    attempt.notBeforeMs = around.clock().getAsLong() + AGAIN_MS;
    if (proposed.steps().isEmpty()) {
      var why = Sentence.of(PlanWords.NO_ROOM, hosts, proposed.refused());
      if (!why.english().equals(attempt.said)) {
        attempt.said = why.english();
        note(incident, why);
      }
      return;
    }
    Plan plan =
        Plan.of(
            String.join(",", config.kafka().bootstrapServers()),
            config.heartbeat().topic(),
            Set.of(),
            proposed,
            System.currentTimeMillis());
    try {
      plans.save(plan);
      attempt.planned = true;
      note(incident, suggestion(plan, hosts));
      if (config.remedies().kubernetes() == Remedies.Mode.AUTO) {
        consent.begin(plan).ifPresent(why -> note(incident, why));
      }
    } catch (IOException unwritable) {
      LOG.atError()
          .addKeyValue("plans", plans.path())
          .addKeyValue("why", unwritable.getMessage())
          .log("no plan can be kept, or earlier ones not read; nothing is done unasked");
    }
  }

  private static Sentence suggestion(Plan plan, Set<String> hosts) {
    return Sentence.of(
        PlanWords.ROOM_SUGGESTED,
        plan.id(),
        plan.steps().size(),
        hosts,
        "holter remedy apply " + plan.id());
  }

  /** Speeds of the hosts' networks, as their exporters tell them. */
  private static Map<String, Double> nics(Incident incident) {
    var nics = new HashMap<String, Double>();
    for (var seen : incident.evidence()) {
      if (seen.fact() instanceof Fact.HostLoad load && load.linkBytesPerS() > 0) {
        nics.put(load.host(), load.linkBytesPerS());
      }
    }
    return nics;
  }

  private void note(Incident incident, Sentence what) {
    LOG.atInfo().addKeyValue("incident", incident.id()).addKeyValue("what", what).log("remedy");
    around.inbox().accept(new Input.Noted(incident.id(), what));
  }

  @Override
  public void close() {
    vigil.close();
    cluster.close();
  }
}
