package holter.lab.agree;

import holter.lab.bench.Ours;
import holter.lab.scenario.Fault;
import holter.lab.scenario.Group;
import holter.lab.scenario.Injection;
import holter.lab.scenario.Scenario;
import holter.lab.scenario.SenderType;
import holter.lab.sim.Faults;
import holter.lab.sim.Life;
import holter.lab.sim.PathKind;
import holter.lab.sim.SimSettings;
import holter.lab.sim.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The same timeline in virtual time: a scenario's group of workers as a simulated fleet, its faults
 * as the simulator has them, Holter's own engine as the observer. Only what both worlds know can be
 * played; anything else is refused.
 */
final class Twin {
  /** Everybody is known and every path proved by then. */
  private static final long CALM_MS = 30_000;

  /** For what is under way when the live run ends. */
  private static final long AFTER_MS = 20_000;

  /** From a restart order to the first beat of the next life, as the lab's workers take it. */
  private static final long BOOT_MS = 2_500;

  /** An agent's first beat by HTTP, in a lab whose agents all load their client at once. */
  private static final long FIRST_CALL_MS = 5_000;

  /** An agent's last beats and its end, told to stop. */
  private static final long GOODBYE_MS = 1_200;

  private final Scenario scenario;
  private final Group group;

  Twin(Scenario scenario, Group group) {
    this.scenario = scenario;
    this.group = group;
  }

  /** One trial. */
  Account play(long seed) {
    var changes = new ArrayList<Account.Change>();
    var world =
        new SimWorld(
            settings(),
            seed,
            (fleet, hands) ->
                new Ours(
                    hands,
                    1,
                    entry -> {
                      if (!entry.from().equals(entry.to())) {
                        changes.add(
                            new Account.Change(
                                entry.subject(), entry.atMs(), entry.from(), entry.to()));
                      }
                    }));
    var faults = new Faults(world, seed).bootsIn(BOOT_MS);
    if (group.kind() == SenderType.AGENT) {
      faults.secondPath(FIRST_CALL_MS);
    }
    var ends = new ArrayList<Account.End>();
    scenario.timeline().forEach(injection -> put(injection, faults, ends));
    world.runTo(CALM_MS + scenario.runFor().toMillis() + AFTER_MS);
    var names = new HashSet<String>();
    IntStream.range(0, group.count()).forEach(n -> names.add(name(n)));
    return Account.of(
        names,
        changes.stream().filter(change -> change.atMs() >= CALM_MS).toList(),
        List.copyOf(ends));
  }

  /** A foreign sender cannot be asked; one whose client has settings of its own may be blocked. */
  private SimSettings settings() {
    return new SimSettings(
        group.count(),
        scenario.beatPartitions(),
        group.hosts().size(),
        group.interval().toMillis(),
        group.kind() != SenderType.FOREIGN_KEYED,
        group.kind() == SenderType.AGENT,
        !group.client().isEmpty());
  }

  private static String name(int number) {
    return "dac-%03d".formatted(number);
  }

  private void put(Injection injection, Faults faults, List<Account.End> ends) {
    long from = CALM_MS + injection.at().toMillis();
    var end = injection.until() == null ? scenario.runFor() : injection.until();
    long to = CALM_MS + end.toMillis();
    switch (injection.fault()) {
      case Fault.Link link -> link(link, from, to, faults);
      case Fault.Instance instance -> instance(instance, from, faults, ends);
      case Fault.Deploy deploy -> deploy(deploy, from, faults, ends);
      case Fault.Orchestrator stopped when stopped.action() == Fault.Deed.STOP ->
          faults.pause(from, to - from);
      case Fault.Clock clock -> clock(clock, from, to, faults);
      case Fault.Orchestrator killed -> throw unknown(killed);
      case Fault.Broker broker -> throw unknown(broker);
      case Fault.NicSaturate nic -> throw unknown(nic);
      case Fault.NicRate nic -> throw unknown(nic);
      case Fault.PodRuns pod -> throw unknown(pod);
      case Fault.Roll roll -> throw unknown(roll);
      case Fault.DtuDials dial -> {} // registrations are another matter
    }
  }

  private static IllegalArgumentException unknown(Fault fault) {
    return new IllegalArgumentException("the simulator knows no twin of " + fault.target());
  }

  private void link(Fault.Link link, long from, long to, Faults faults) {
    if (link.from().equals(scenario.orchestrator().host())) {
      for (int p : partitions(link.to())) {
        faults.path(p, PathKind.UNSEEN, from, to); // senders are acknowledged, we see nothing
      }
    } else if (link.from().equals(Fault.CLIENTS)) {
      for (int p : partitions(link.to())) {
        faults.path(p, kind(link.mode()), from, to);
      }
    } else if (link.to().equals(Fault.BROKERS)) {
      int host = group.hosts().indexOf(link.from());
      if (host >= 0) {
        faults.hostToKafkaCut(host, from, to);
      }
    } else {
      throw unknown(link);
    }
  }

  private List<Integer> partitions(String brokersHost) {
    return scenario.kafka().brokers().stream()
        .filter(broker -> brokersHost.equals(Fault.BROKERS) || broker.host().equals(brokersHost))
        .flatMap(broker -> scenario.ledBy(broker.id()).stream())
        .toList();
  }

  private PathKind kind(Fault.Link.Mode mode) {
    return switch (mode) {
      case STOP_READING, DROP_UP, DROP_DOWN, DARK, IDLE_CUT ->
          group.client().isEmpty() ? PathKind.LOST : PathKind.BLOCKS;
      case DELAY, RATE -> PathKind.SLOW;
      case RESET, CLOSE_ON_ACCEPT, REFUSED -> PathKind.REFUSED;
    };
  }

  private void instance(Fault.Instance fault, long at, Faults faults, List<Account.End> ends) {
    int number = number(fault.name());
    if (number < 0) {
      return;
    }
    var how =
        switch (fault.action()) {
          case KILL -> Life.EXITED;
          case STOP -> Life.STOPPED;
          case HANG -> Life.HUNG;
        };
    var word =
        switch (fault.action()) {
          case KILL -> "killed";
          case STOP -> "stopped";
          case HANG -> "hung";
        };
    faults.death(number, how, at);
    ends.add(new Account.End(name(number), word, at, seenFrom(at)));
  }

  private long seenFrom(long diedMs) {
    for (var each : scenario.timeline()) {
      long from = CALM_MS + each.at().toMillis();
      var until = each.until();
      if (each.fault() instanceof Fault.Orchestrator && until != null && from <= diedMs) {
        return Math.max(diedMs, CALM_MS + until.toMillis());
      }
    }
    return diedMs;
  }

  /** Its place in the group; −1 for a worker of another one. */
  private int number(String worker) {
    var names =
        scenario.workers().stream()
            .filter(each -> each.group().equals(group))
            .map(each -> each.name())
            .toList();
    return names.indexOf(worker);
  }

  private void deploy(Fault.Deploy fault, long at, Faults faults, List<Account.End> ends) {
    if (!fault.group().equals(group.name())) {
      return;
    }
    Duration down = fault.down().plusMillis(BOOT_MS - GOODBYE_MS);
    faults.rollingDeploy(at, fault.each().toMillis(), down.toMillis());
    for (int n = 0; n < group.count(); n++) {
      long turn = at + fault.each().toMillis() * n;
      ends.add(new Account.End(name(n), "deployed", turn, turn));
    }
  }

  private static void clock(Fault.Clock clock, long from, long to, Faults faults) {
    if (clock.of().equals(Fault.Clock.ORCHESTRATOR)) {
      faults.wallSteps(from, clock.by().toMillis()).wallSteps(to, -clock.by().toMillis());
    }
  }
}
