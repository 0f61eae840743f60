package holter.server;

import holter.channel.ClusterMap;
import holter.engine.EngineSettings;
import holter.engine.FleetEngine;
import holter.engine.Input;
import holter.engine.View;
import holter.server.config.Evidence;
import holter.server.config.HolterConfig;
import holter.server.directory.Directory;
import holter.server.http.AgentServer;
import holter.server.http.ApiServer;
import holter.server.http.Desk;
import holter.server.http.Feed;
import holter.server.http.Metrics;
import holter.server.http.ProbeServer;
import holter.server.kafka.KafkaSettings;
import holter.server.kube.KubeCluster;
import holter.server.port.Runner;
import holter.server.probe.AllowList;
import holter.server.probe.Announcer;
import holter.server.probe.Knocker;
import holter.server.probe.Prober;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.PlanWatch;
import holter.server.remedy.RemedyDesk;
import holter.server.store.Store;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The orchestrator's parts, put together. What it opens goes onto {@code open} at once, so that a
 * start that fails half-way leaves nothing behind.
 */
final class Assembly {
  /** The engine closes an incident when nothing was sick for this long. */
  private static final long INCIDENT_QUIET_MS = 30_000;

  private final HolterConfig config;
  private final Deque<AutoCloseable> open;
  private final EngineClock clock = new EngineClock();
  private final Inbox inbox = new Inbox();
  private final AtomicReference<View> latest = new AtomicReference<>(FrontDesk.emptyView());
  private final AtomicLong turnedAtMs = new AtomicLong(clock.getAsLong());
  private final Store store;
  private final Runners runners;
  private final Directory directory;
  private final Registrations registrations;
  private final Desk.About about;
  private final Metrics metrics;
  private final Feed feed;
  private final Ears ears;

  Assembly(HolterConfig config, Deque<AutoCloseable> open) {
    this.config = config;
    this.open = open;
    KafkaSettings kafka = Opening.kafka(config.kafka());
    Optional<KubeCluster> cluster = Opening.kubernetes(config, open);
    this.store = Opening.store(config, cluster, open);
    this.runners = new Runners(config, cluster, open, inbox::put);
    this.directory = new Directory(store.routes(), store::route, clock);
    this.registrations = new Registrations(directory, store::leads, announcer());
    this.about =
        new Desk.About(
            config.cluster(),
            ServerVersion.TEXT,
            config.heartbeat().topic(),
            clock.getAsLong(),
            store::leaderEpoch);
    this.metrics = new Metrics(latest::get, about);
    this.feed = new Feed(about.startedAtMs());
    this.ears = new Ears(config, kafka, clock, this::hear, registrations);
    open.push(ears);
  }

  private Announcer announcer() {
    HolterConfig.Instances instances = config.instances();
    var announcer =
        new Announcer(
            new AllowList(instances.probeAllow()),
            instances.probeTimeout(),
            () -> latest.get().instances().size(),
            clock);
    open.push(announcer);
    return announcer;
  }

  private void hear(Input input) {
    if (input instanceof Input.Sampled sampled) {
      metrics.sampled(sampled.sample());
    }
    inbox.put(input);
  }

  /** Listens, steps once with what was known before, and begins to hear. */
  Server start() {
    AuditTrail trail = new AuditTrail(store.latestAudit(AuditTrail.KEPT));
    RemedyDesk remedies = remedies();
    FrontDesk desk =
        new FrontDesk(
            about,
            clock,
            inbox,
            new FrontDesk.Memory(latest::get, store, trail, directory, remedies),
            checkup());
    measure();
    ApiServer api = ApiServer.start(config.listen().api(), desk, feed, metrics);
    open.push(api);
    String agentsUrl = agents();
    String probesUrl = probes(desk);
    Roll roll = new Roll(exporter());
    Carrier carrier = carrier(roll, trail);
    Loop loop = loop(carrier, api);
    open.push(loop);
    var known = store.roster();
    known.forEach(roll::remember);
    loop.start(
        List.of(
            new Input.Recalled(known, store.openIncidents(), store.incidentsSoFar()),
            new Input.Leading(store.leads(), store.leaderEpoch())));
    store.listen(new Takeover(store, directory, inbox::put));
    ears.start();
    runners.listen(store);
    keepers(remedies);
    return new Server(open, loop, new Server.Urls(api.url(), agentsUrl, probesUrl));
  }

  private RemedyDesk remedies() {
    var desk =
        new RemedyDesk(
            PlanFolder.at(config.remedies().plans()),
            new Workshop(config, latest::get),
            new RemedyDesk.Around(
                latest::get, store::leads, clock, config.remedies().healthyFor()));
    open.push(desk);
    return desk;
  }

  private void keepers(RemedyDesk remedies) {
    PlanWatch watch =
        new PlanWatch(
            PlanFolder.at(config.remedies().plans()),
            new PlanWatch.Around(latest::get, store::leads, inbox::put, feed::remedied));
    open.push(watch);
    watch.start();
    var around = new LeaderKeeper.Around(latest::get, store::leads, inbox::put, clock);
    LeaderKeeper leaders = new LeaderKeeper(config, Opening.kafka(config.kafka()), around, watch);
    open.push(leaders);
    leaders.start();
    Opening.rooms(config).ifPresent(cluster -> nodes(cluster, around, remedies));
  }

  private void nodes(KubeCluster cluster, LeaderKeeper.Around around, RemedyDesk remedies) {
    NodeKeeper nodes = new NodeKeeper(config, cluster, around, remedies);
    open.push(nodes);
    nodes.start();
  }

  private String exporter() {
    Evidence.Hosts hosts = config.evidence().hosts();
    return hosts == null ? "" : hosts.nodeExporter();
  }

  private Carrier carrier(Roll roll, AuditTrail trail) {
    HolterConfig.Instances instances = config.instances();
    AllowList allowed = new AllowList(instances.probeAllow());
    Prober prober = new Prober(allowed, roll, instances.probeTimeout(), inbox::put, clock);
    open.push(prober);
    Evidence.Hosts hosts = config.evidence().hosts();
    if (hosts != null && hosts.darkIsGone()) {
      open.push(Knocker.start(allowed, exporter(), roll::hosts, inbox::offer, clock));
    }
    Runner runner = runners.runner(new OwnLook(prober, roll));
    Carrier carrier =
        new Carrier(
            new Carrier.Hands(prober, ears::sample, runner, store, feed, metrics),
            inbox,
            roll,
            trail,
            ears::gather);
    open.push(carrier);
    return carrier;
  }

  private Loop loop(Carrier carrier, ApiServer api) {
    EngineSettings settings =
        new EngineSettings(
            config.detect().missedSlotsMax(),
            config.detect().startupWithin().toMillis(),
            INCIDENT_QUIET_MS,
            config.detect().workMayStand().toMillis(),
            config.runner().kind().equals("advise"));
    Rehearsal.begin(settings);
    return new Loop(
        new FleetEngine(settings),
        clock,
        inbox,
        carrier::carry,
        view -> {
          turnedAtMs.set(clock.getAsLong());
          latest.set(view);
          api.show(view);
        });
  }

  private String probes(Desk desk) {
    if (config.listen().probes().isEmpty()) {
      return "";
    }
    ProbeServer probes = ProbeServer.start(config.listen().probes(), desk, metrics);
    open.push(probes);
    return probes.url();
  }

  private String agents() {
    if (config.listen().agents().isEmpty()) {
      return "";
    }
    AgentServer agents =
        AgentServer.start(
            config.listen().agents(),
            config.listen().token(),
            new AgentDesk(directory, ears, inbox));
    open.push(agents);
    return agents.url();
  }

  private Checkup checkup() {
    Checkup.Parts parts =
        new Checkup.Parts() {
          @Override
          public long loopTurnedAtMs() {
            return turnedAtMs.get();
          }

          @Override
          public String storeTrouble() {
            return store.trouble();
          }

          @Override
          public int storeWaiting() {
            return store.waiting();
          }

          @Override
          public int inboxSize() {
            return inbox.size();
          }

          @Override
          public Optional<ClusterMap> map() {
            return ears.map();
          }

          @Override
          public Map<Integer, String> laneNotes() {
            return ears.laneNotes();
          }
        };
    String bootstrap = String.join(",", config.kafka().bootstrapServers());
    return new Checkup(parts, clock, bootstrap, config.heartbeat().topic());
  }

  private void measure() {
    ears.measure(metrics);
    metrics.gauge("holter.inbox.waiting", inbox::size);
    metrics.gauge("holter.store.up", () -> store.trouble().isEmpty() ? 1 : 0);
    metrics.gauge("holter.store.waiting", store::waiting);
    metrics.count("holter.store.dropped", store::dropped);
    metrics.gauge("holter.dtus", directory::size);
    metrics.count("holter.registrations.applied", registrations::appliedTotal);
    metrics.count("holter.registrations.garbled", registrations::garbledTotal);
    metrics.count("holter.announcements.asked", registrations::askedTotal);
    metrics.gauge("holter.stream.clients", feed::subscribers);
  }
}
