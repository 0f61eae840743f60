package holter.lab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * The same scenario with its victim drawn at random: another leading broker, and with it another
 * host and other partitions, and another phase against beats and probes. What is expected moves
 * with it; the fleet stays where it is.
 */
public final class Draw {
  /** The faults begin up to this much later: longer than any period of beats or probes. */
  private static final int PHASE_MS_MAX = 5_000;

  private Draw() {}

  /** The scenario as drawn by a seed; the same seed draws the same. */
  public static Scenario by(long seed, Scenario scenario) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int victim = victim(scenario);
    var leaders = leaders(scenario);
    int drawn = victim == 0 ? 0 : leaders.get(random.nextInt(leaders.size()));
    var phase = Duration.ofMillis(random.nextInt(PHASE_MS_MAX));
    var swap = new Swap(scenario, victim, drawn);
    return new Scenario(
        scenario.name(),
        scenario.title(),
        scenario.runFor().plus(phase),
        scenario.kafka(),
        swap.nics(),
        scenario.topics(),
        scenario.fleet(),
        scenario.dtus(),
        scenario.pods(),
        scenario.kubernetes(),
        scenario.orchestrator(),
        scenario.timeline().stream()
            .map(each -> new Injection(each.at(), each.until(), swap.fault(each.fault())))
            .map(each -> each.shifted(phase))
            .toList(),
        swap.expect());
  }

  private static List<Integer> leaders(Scenario scenario) {
    return scenario
        .topics()
        .getOrDefault(Scenario.HEARTBEAT, new java.util.TreeMap<>())
        .values()
        .stream()
        .map(List::getFirst)
        .distinct()
        .sorted()
        .toList();
  }

  /** The broker that the first fault hits, directly or by its host; 0 when none hits one. */
  public static int victim(Scenario scenario) {
    for (var injection : scenario.timeline()) {
      if (injection.fault() instanceof Fault.Broker broker) {
        return broker.id();
      }
      for (var broker : scenario.kafka().brokers()) {
        if (broker.host().equals(injection.fault().target())) {
          return broker.id();
        }
      }
    }
    return 0;
  }

  /** One broker and its host in the place of another's. */
  private record Swap(Scenario scenario, int from, int to, UnaryOperator<String> host) {
    Swap(Scenario scenario, int from, int to) {
      this(scenario, from, to, hosts(scenario, from, to));
    }

    private static UnaryOperator<String> hosts(Scenario scenario, int from, int to) {
      var old = scenario.brokerHost(from).orElse("");
      var now = scenario.brokerHost(to).orElse("");
      return name -> name.equals(old) ? now : name.equals(now) ? old : name;
    }

    /** The victim's NIC is the same NIC, wherever it was drawn to. */
    java.util.Map<String, Host> nics() {
      var nics = new java.util.HashMap<String, Host>();
      scenario.hosts().forEach((name, nic) -> nics.put(host.apply(name), nic));
      return nics;
    }

    int broker(int id) {
      return id == from ? to : id;
    }

    Fault fault(Fault fault) {
      return switch (fault) {
        case Fault.NicSaturate f ->
            new Fault.NicSaturate(
                host.apply(f.host()), host.apply(f.peer()), f.flows(), f.direction(), f.pod());
        case Fault.NicRate f -> new Fault.NicRate(host.apply(f.host()), f.rate(), f.depth());
        case Fault.Link f ->
            new Fault.Link(host.apply(f.from()), host.apply(f.to()), f.mode(), f.delay(), f.rate());
        case Fault.Broker f -> new Fault.Broker(broker(f.id()), f.action());
        case Fault.PodRuns f ->
            new Fault.PodRuns(
                new Scenario.Pod(
                    f.pod().name(),
                    host.apply(f.pod().host()),
                    host.apply(f.pod().peer()),
                    f.pod().rate(),
                    f.pod().flows(),
                    f.pod().direction()));
        case Fault.Instance f -> f;
        case Fault.DtuDials f -> f;
        case Fault.Orchestrator f -> f;
        case Fault.Deploy f -> f;
        case Fault.Roll f -> f;
        case Fault.Clock f -> f;
      };
    }

    Expect expect() {
      var old = scenario.expect();
      var cause = old.diagnosis();
      var named = old.named();
      return new Expect(
          cause == null
              ? null
              : new Expect.Cause(
                  cause.cause(),
                  broker(cause.broker()),
                  moved(cause.host()),
                  partitions(cause.partitions()),
                  cause.instances(),
                  cause.within()),
          old.noDiagnosis(),
          named == null
              ? null
              : new Expect.Named(
                  broker(named.broker()),
                  host.apply(named.host()),
                  partitions(named.partitions()),
                  named.within()),
          old.falseRestarts(),
          old.deathsFoundWithin(),
          old.registrations(),
          old.takeoverWithin(),
          old.brokersRestarted(),
          old.leadersMoved(),
          old.cured(),
          old.also());
    }

    private @Nullable String moved(@Nullable String name) {
      return name == null ? null : host.apply(name);
    }

    private List<Integer> partitions(List<Integer> old) {
      return old.equals(scenario.ledBy(from)) ? scenario.ledBy(to) : old;
    }
  }
}
