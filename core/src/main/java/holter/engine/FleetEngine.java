package holter.engine;

import holter.channel.Channel;
import holter.channel.PathState;
import holter.detect.ActionGate;
import holter.detect.HostKnocks;
import holter.detect.Ruling;
import holter.detect.Verdict;
import holter.words.Sentence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decision step over fleet, channel and incidents.
 *
 * <pre>inputs -> Listening, Channel -> Judging (state table, gate) -> Asking, Acting -> Chronicle
 * </pre>
 *
 * Soft state but for roster and incidents: after a restart everyone is Joining until heard. Not
 * thread-safe; one loop calls it.
 */
public final class FleetEngine implements Engine {
  private final World world;
  private final Chronicle chronicle;
  private final Listening listening;
  private final Transitions transitions;
  private final Acting acting;
  private final Asking asking;
  private final Judging judging;
  private final Operators operators;
  private final HostKnocks knocks = new HostKnocks();
  private final Cohorts cohorts;
  private final Map<Integer, String> pathsBefore = new HashMap<>();
  private final Map<Integer, Integer> leadersBefore = new HashMap<>();
  private final Pictures pictures;
  private @Nullable View view;
  private long steppedMs;

  public FleetEngine(EngineSettings settings) {
    var channel = new Channel();
    var fleet = new Fleet(channel);
    world =
        new World(
            settings,
            fleet,
            channel,
            new ActionGate(settings.advises()),
            new Observer(),
            new Outbox());
    chronicle = new Chronicle(world);
    listening = new Listening(fleet, channel, world.outbox(), settings.workMayStandMs());
    transitions = new Transitions(world, chronicle);
    acting = new Acting(world, transitions, chronicle);
    asking = new Asking(fleet, channel, world.outbox());
    judging = new Judging(world, transitions, acting, this::hostGone);
    cohorts = new Cohorts(fleet, channel);
    operators = new Operators(world, transitions);
    pictures = new Pictures(world, chronicle);
  }

  @Override
  public List<Action> step(List<Input> inputs, long nowMs) {
    for (var input : inputs) {
      take(input, nowMs);
    }
    world.channel().tick(nowMs);
    paths(nowMs);
    world.observer().tick(world.channel(), nowMs);
    cohorts.tick(nowMs);
    judging.tick(nowMs);
    asking.tick(nowMs);
    chronicle.tick(nowMs);
    steppedMs = nowMs;
    view = null;
    return world.outbox().drain();
  }

  private void take(Input input, long nowMs) {
    switch (input) {
      case Input.Heard(var beat) -> listening.heard(beat, nowMs);
      case Input.Garbled g -> world.outbox().garbled();
      case Input.ReadThrough(int partition, long ms) -> world.channel().readThrough(partition, ms);
      case Input.Sampled(var sample) -> world.channel().sampled(sample);
      case Input.Mapped(var map) -> {
        world.channel().mapped(map);
        world.fleet().table().partitions(world.channel().mappedPartitions());
      }
      case Input.Probed(var id, long askedAt, var outcome) -> asking.answered(id, askedAt, outcome);
      case Input.Knocked(String host, boolean answered, long began, long ended) ->
          knocks.knocked(host, answered, began, ended);
      case Input.Exited exited -> acting.exited(exited, nowMs);
      case Input.Self(long paused, long step) -> self(paused, step, nowMs);
      case Input.Leading(boolean leads, long epoch) -> world.observer().leads(leads, epoch);
      case Input.Ordered(var order, long agoMs) -> acting.adopt(order, agoMs, nowMs);
      case Input.Restarted answer -> acting.restarted(answer, nowMs);
      case Input.Collected(String id, var seen) -> chronicle.collected(id, seen, nowMs);
      case Input.Noted(String id, var what) -> chronicle.noted(id, what, nowMs);
      case Input.Recalled recalled -> recall(recalled, nowMs);
      case Input.Planned(var id, long forMs) -> operators.planned(id, forMs, nowMs);
      case Input.Forgotten(var id) -> operators.forgotten(id, nowMs);
      case Input.Released(var id) -> operators.released(id, nowMs);
      case Input.BreakerClosed closed -> operators.breakerClosed(nowMs);
    }
  }

  /** Of a host of brokers their peers must say it: a network that is full looks alike from here. */
  private boolean hostGone(String host, long nowMs) {
    var map = world.channel().map();
    boolean brokers = map != null && map.brokers().stream().anyMatch(b -> b.host().equals(host));
    return brokers
        ? chronicle.hostGone(host, nowMs)
        : knocks.gone(host, world.fleet().hostHeardMs(host), nowMs);
  }

  private void self(long pausedMs, long wallStepMs, long nowMs) {
    if (Observer.matters(pausedMs, wallStepMs)) {
      world.observer().doubt(nowMs);
      world.channel().paused(nowMs);
      chronicle.told(nowMs, IncidentWords.PAUSED, pausedMs, wallStepMs);
    }
  }

  /**
   * Everyone is expected, nobody is judged before their own paths are proved; whom we have heard
   * ourselves we go on judging by what we heard, without a grace. Of what is sick and held already,
   * the incidents that are recalled hear anew.
   */
  private void recall(Input.Recalled recalled, long nowMs) {
    for (var known : recalled.roster()) {
      int heard = world.fleet().table().row(known.id());
      if (heard >= 0 && world.fleet().present(heard)) {
        continue;
      }
      long patience = (world.settings().missedSlotsMax() + 1) * known.intervalMs();
      int row = world.fleet().table().expect(known, nowMs + patience);
      if (row >= 0) {
        var why = Sentence.of(IncidentWords.RETURNED);
        world.fleet().add(row, new Verdict.Joining(nowMs), "R1", why);
      }
    }
    chronicle.recall(recalled.openIncidents(), recalled.incidentsSoFar(), nowMs);
    pathsBefore.clear();
    var fleet = world.fleet();
    for (int row = fleet.nextAwake(0); row >= 0; row = fleet.nextAwake(row + 1)) {
      var member = fleet.at(row);
      if (member != null && member.verdict instanceof Verdict.Held held) {
        var ruling = new Ruling(member.rule, held, member.why);
        chronicle.held(world.fleet().table().id(row), held.reason(), ruling, nowMs);
      }
    }
  }

  /** Tells the incidents what changed on the paths since the last step. */
  private void paths(long nowMs) {
    for (int p : world.channel().partitions()) {
      var state = world.channel().state(p);
      String now =
          switch (state) {
            case PathState.Unknown u -> "unknown";
            case PathState.Healthy h -> "healthy";
            case PathState.Sick(var kind, long since, int broker) -> kind + "/" + broker;
          };
      String before = pathsBefore.put(p, now);
      if (!now.equals(before)) {
        chronicle.path(p, state, nowMs);
        var why = new Outbox.Why("C1", Pictures.say(state));
        String from = before == null ? "unknown" : before;
        world.outbox().audit(nowMs, "partition " + p, from, now, why, List.of());
      }
      int leader = world.channel().leaderOf(p);
      Integer led = leadersBefore.put(p, leader);
      if (led != null && led != leader) {
        if (leader < 0) {
          chronicle.onChannel(nowMs, IncidentWords.LEADER_LOST, p, led);
        } else if (led < 0) {
          chronicle.onChannel(nowMs, IncidentWords.LEADER_FOUND, p, leader);
        } else {
          chronicle.onChannel(nowMs, IncidentWords.LEADER_MOVED, p, led, leader);
        }
      }
    }
  }

  @Override
  public View view() {
    var latest = view == null ? pictures.view(steppedMs) : view;
    view = latest;
    return latest;
  }
}
