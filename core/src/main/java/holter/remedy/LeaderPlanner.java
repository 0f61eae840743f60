package holter.remedy;

import holter.diagnose.CauseCode;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.remedy.KafkaWorld.Led;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Proposal leaders off sick brokers: each partition to one that is in sync, alive, and on another
 * host, spread by how many it leads already. Only the order of a partition's replicas changes, so
 * no data moves; nobody outside the ISR is ever chosen.
 */
public final class LeaderPlanner {
  /** The controller's work for one partition is milliseconds; a busy one may take longer. */
  static final long STEP_DEADLINE_MS = 5_000;

  private static final String FILE = "moves.json";

  private final KafkaWorld world;
  private final Set<Integer> sick;
  private final Set<String> sickHosts;
  private final Map<Integer, Integer> leads;
  private final List<Act.MoveLeader> moves = new ArrayList<>();
  private final List<Sentence> refused = new ArrayList<>();

  private LeaderPlanner(KafkaWorld world, Set<Integer> sick) {
    this.world = world;
    this.sick = Set.copyOf(sick);
    this.sickHosts =
        sick.stream().map(world::hostOf).filter(h -> !h.isEmpty()).collect(Collectors.toSet());
    this.leads = new TreeMap<>(world.leaders());
  }

  /** Causes that a broker suffers while it still leads: others can lead in its place meanwhile. */
  private static final Set<CauseCode> HELPED =
      EnumSet.of(
          CauseCode.F02,
          CauseCode.F04,
          CauseCode.F05,
          CauseCode.F07,
          CauseCode.F08,
          CauseCode.F09,
          CauseCode.F13,
          CauseCode.F16);

  /**
   * Brokers that a likely cause, at work now, points at, and that are helped by leading nothing.
   */
  public static Set<Integer> sick(Diagnosis diagnosis) {
    return diagnosis.found().stream()
        .filter(f -> f.confidence() != Confidence.INCONCLUSIVE && !f.over())
        .filter(f -> f.subject().brokerId() >= 0 && HELPED.contains(f.code()))
        .map(f -> f.subject().brokerId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Plans it.
   *
   * @param sick brokers that are to lead nothing
   * @param zookeeper where brokers too old for requests are told by hand; may be empty
   */
  public static Proposal plan(KafkaWorld world, Set<Integer> sick, String zookeeper) {
    var planner = new LeaderPlanner(world, sick);
    world.partitions().stream()
        .filter(p -> sick.contains(p.leader()) || p.leader() < 0)
        .sorted(Comparator.comparing(Led::topic).thenComparingInt(Led::partition))
        .forEach(planner::move);
    if (planner.moves.isEmpty() && planner.refused.isEmpty()) {
      planner.refused.add(Sentence.of(PlanWords.NONE_LED, new TreeSet<>(sick)));
    }
    return world.reorders() ? planner.asked() : planner.byHand(zookeeper);
  }

  private void move(Led p) {
    if (p.leader() < 0) {
      refused.add(Sentence.of(PlanWords.NO_LEADER, p.name()));
      return;
    }
    if (p.moving()) {
      refused.add(Sentence.of(PlanWords.MOVES_ALREADY, p.name()));
      return;
    }
    List<Integer> others = p.isr().stream().filter(id -> id != p.leader()).toList();
    Optional<Integer> chosen =
        p.replicas().stream()
            .filter(others::contains)
            .filter(this::well)
            .min(Comparator.comparingInt(id -> leads.getOrDefault(id, 0)));
    if (chosen.isEmpty()) {
      refused.add(
          others.isEmpty()
              ? Sentence.of(PlanWords.ONLY_IN_SYNC, p.name(), p.leader())
              : Sentence.of(PlanWords.NO_OTHER_WELL, p.name(), others));
      return;
    }
    var order = new ArrayList<>(p.replicas());
    order.removeIf(chosen.get()::equals);
    order.addFirst(chosen.get());
    leads.merge(chosen.get(), 1, Integer::sum);
    moves.add(new Act.MoveLeader(p.topic(), p.partition(), p.replicas(), order));
  }

  private boolean well(int broker) {
    return world.live().contains(broker)
        && !sick.contains(broker)
        && !sickHosts.contains(world.hostOf(broker));
  }

  private Proposal asked() {
    var steps = new ArrayList<Step>();
    for (Act.MoveLeader move : moves) {
      Led now = led(move);
      steps.add(
          new Step(
              steps.size() + 1,
              move,
              Sentence.of(PlanWords.LEADS_WHILE_SICK, now.leader(), move.leader()),
              effect(move),
              STEP_DEADLINE_MS));
    }
    return new Proposal(steps, steps.isEmpty() ? List.of() : costs(), refused);
  }

  private Sentence effect(Act.MoveLeader move) {
    String host = world.hostOf(move.leader());
    return host.isEmpty()
        ? Sentence.of(PlanWords.WILL_LEAD_SOMEWHERE, move.leader(), move.target())
        : Sentence.of(PlanWords.WILL_LEAD, move.leader(), host, move.target());
  }

  private List<Sentence> costs() {
    var costs = new ArrayList<Sentence>();
    costs.add(Sentence.of(PlanWords.COST_ACKS_1));
    costs.add(Sentence.of(PlanWords.COST_REFRESH, moves.size()));
    Map<Integer, Integer> before = world.leaders();
    leads.forEach(
        (id, after) -> {
          int led = before.getOrDefault(id, 0);
          if (after > led) {
            costs.add(Sentence.of(PlanWords.COST_LOAD, after - led, id, led));
          }
        });
    return costs;
  }

  private Led led(Act.MoveLeader move) {
    return world.partitions().stream()
        .filter(p -> p.topic().equals(move.topic()) && p.partition() == move.partition())
        .findFirst()
        .orElseThrow();
  }

  /** What to run where no request does it. */
  private Proposal byHand(String zookeeper) {
    var commands = new ArrayList<Sentence>();
    if (!moves.isEmpty()) {
      String json =
          moves.stream()
              .map(
                  m ->
                      "{\"topic\":\"%s\",\"partition\":%d,\"replicas\":%s}"
                          .formatted(m.topic(), m.partition(), m.to()))
              .collect(Collectors.joining(",", "{\"version\":1,\"partitions\":[", "]}"));
      String at = zookeeper.isEmpty() ? "HOST:2181" : zookeeper;
      commands.add(Sentence.of(PlanWords.TOO_OLD));
      commands.add(Sentence.of(PlanWords.TOO_OLD_FILE, FILE, json));
      commands.add(
          Sentence.quote(
              "kafka-reassign-partitions.sh --zookeeper %s --reassignment-json-file %s --execute"
                  .formatted(at, FILE)));
      commands.add(Sentence.quote("kafka-preferred-replica-election.sh --zookeeper " + at));
    }
    commands.addAll(refused);
    return new Proposal(List.of(), List.of(), commands);
  }
}
