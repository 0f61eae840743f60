package holter.lab.run;

import holter.lab.broker.LabKafka;
import holter.lab.fleet.DtuCaller;
import holter.lab.fleet.Fleet;
import holter.lab.fleet.TruthLog;
import holter.lab.net.LabNet;
import holter.lab.net.LinkMode;
import holter.lab.net.Nic;
import holter.lab.pod.Hog;
import holter.lab.pod.HogSpec;
import holter.lab.process.Child;
import holter.lab.process.FakeClock;
import holter.lab.scenario.Fault;
import holter.lab.scenario.Scenario;
import holter.lab.scenario.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Does to the world what the timeline says, and undoes it. Keeps the truth log. Confined to the
 * thread that runs the timeline; deeds that take long are done on threads of their own.
 */
final class Deeds implements AutoCloseable {
  private static final Duration BROKER_BACK_LIMIT = Duration.ofSeconds(60);

  private final Scenario scenario;
  private final World.Parts world;
  private final Map<Integer, List<Hog>> hogs = new HashMap<>();
  private final List<Hog> standing = new ArrayList<>();
  private final List<RollingDeploy> deploys = new ArrayList<>();
  private final List<RollingBrokers> rolls = new ArrayList<>();

  /** Which replica each fault has hit: the one that comes back at its end. */
  private final Map<Integer, Orchestrator> struck = new HashMap<>();

  Deeds(Scenario scenario, World.Parts world) {
    this.scenario = scenario;
    this.world = world;
    scenario.pods().forEach(pod -> standing.addAll(start(pod)));
  }

  void does(Timeline.Moment moment) {
    boolean begins = moment.edge() == Timeline.Edge.BEGIN;
    world
        .truth()
        .happened(
            begins ? TruthLog.Kind.FAULT_BEGAN : TruthLog.Kind.FAULT_ENDED,
            moment.fault().target(),
            moment.injection() + " " + word(moment.fault()));
    switch (moment.fault()) {
      case Fault.NicSaturate fault -> saturate(moment.injection(), fault, begins);
      case Fault.NicRate fault -> nicRate(fault, begins);
      case Fault.Link fault -> link(fault, begins);
      case Fault.Broker fault -> broker(fault, begins);
      case Fault.Instance fault -> instance(fault, begins);
      case Fault.PodRuns fault -> pod(moment.injection(), fault, begins);
      case Fault.DtuDials fault -> dtu(fault, begins);
      case Fault.Orchestrator fault -> orchestrator(moment.injection(), fault, begins);
      case Fault.Deploy fault -> deploys.add(RollingDeploy.start(fault, world.fleet()));
      case Fault.Roll fault -> rolls.add(RollingBrokers.start(fault, world));
      case Fault.Clock fault -> clock(fault, begins);
    }
  }

  /** The fault's kind, as a scenario file writes it. */
  static String word(Fault fault) {
    return switch (fault) {
      case Fault.NicSaturate ignored -> "nicSaturate";
      case Fault.NicRate ignored -> "nicRate";
      case Fault.Link ignored -> "link";
      case Fault.Broker ignored -> "broker";
      case Fault.Instance ignored -> "instance";
      case Fault.PodRuns ignored -> "pod";
      case Fault.DtuDials ignored -> "dtu";
      case Fault.Orchestrator ignored -> "orchestrator";
      case Fault.Deploy ignored -> "deploy";
      case Fault.Roll ignored -> "roll";
      case Fault.Clock ignored -> "clock";
    };
  }

  /** What is done to a process, as a scenario file writes it. */
  static String deed(Fault.Deed deed) {
    return switch (deed) {
      case KILL -> "kill";
      case STOP -> "stop";
      case HANG -> "hang";
    };
  }

  private void saturate(int number, Fault.NicSaturate fault, boolean begins) {
    if (scenario.kubernetes().workload(fault.pod()).isPresent()) {
      world.kubernetes().orElseThrow().talk(fault, begins);
      return;
    }
    if (!begins) {
      hogs.getOrDefault(number, List.of()).forEach(Hog::close);
      return;
    }
    hogs.put(
        number,
        flows(fault.pod(), fault.host(), fault.peer(), fault.direction(), fault.flows(), 0));
  }

  private void pod(int number, Fault.PodRuns fault, boolean begins) {
    if (begins) {
      hogs.put(number, start(fault.pod()));
    } else {
      hogs.getOrDefault(number, List.of()).forEach(Hog::close);
    }
  }

  private List<Hog> start(Scenario.Pod pod) {
    return flows(
        pod.name(), pod.host(), pod.peer(), pod.direction(), pod.flows(), pod.rate().bytesPerS());
  }

  private List<Hog> flows(
      String name,
      String host,
      String peer,
      Scenario.Direction direction,
      int flows,
      long bytesPerS) {
    var lasts = scenario.runFor().plusMinutes(10);
    var started = new ArrayList<Hog>();
    if (direction != Scenario.Direction.IN) {
      started.add(
          Hog.start(new HogSpec(name + "-out", host, peer, flows, bytesPerS, lasts), world.net()));
    }
    if (direction != Scenario.Direction.OUT) {
      started.add(
          Hog.start(new HogSpec(name + "-in", peer, host, flows, bytesPerS, lasts), world.net()));
    }
    return started;
  }

  private void nicRate(Fault.NicRate fault, boolean begins) {
    var own = scenario.hostOf(fault.host());
    var depth = fault.depth() == null ? own.depth() : fault.depth();
    world
        .net()
        .host(fault.host())
        .nic(
            begins
                ? new Nic(fault.rate().bytesPerS(), depth)
                : new Nic(own.rate().bytesPerS(), own.depth()));
  }

  private void link(Fault.Link fault, boolean begins) {
    var mode = begins ? LinkFaults.mode(fault) : LinkMode.PASS;
    LabNet net = world.net();
    if (fault.from().equals(Fault.CLIENTS) || fault.to().equals(Fault.BROKERS)) {
      for (var from : hosts(fault.from())) {
        hosts(fault.to()).forEach(to -> net.link(from, to, mode));
      }
    } else if (fault.from().equals("*")) {
      net.links(fault.to(), mode);
    } else if (fault.to().equals("*")) {
      net.links(fault.from(), mode);
    } else {
      net.link(fault.from(), fault.to(), mode);
    }
  }

  private List<String> hosts(String end) {
    return switch (end) {
      case Fault.CLIENTS -> scenario.clientHosts();
      case Fault.BROKERS -> scenario.brokerHosts();
      default -> List.of(end);
    };
  }

  private void broker(Fault.Broker fault, boolean begins) {
    LabKafka kafka = world.kafka();
    switch (fault.action()) {
      case KILL -> {
        if (begins) {
          kafka.kill(fault.id());
        } else {
          Thread.ofPlatform()
              .daemon()
              .name("lab-broker-back")
              .start(() -> kafka.restart(fault.id(), BROKER_BACK_LIMIT));
        }
      }
      case STOP -> {
        if (begins) {
          kafka.stop(fault.id());
        } else {
          kafka.cont(fault.id());
        }
      }
      case HANG -> throw new IllegalStateException("a broker cannot be hung");
    }
  }

  private void instance(Fault.Instance fault, boolean begins) {
    Fleet fleet = world.fleet();
    var worker = fleet.worker(fault.name());
    switch (fault.action()) {
      case KILL -> {
        if (begins) {
          worker.kill();
        }
      }
      case STOP -> {
        if (begins) {
          worker.stop();
        } else {
          worker.cont();
        }
      }
      case HANG -> {
        if (begins) {
          worker.hang();
        } else {
          worker.resume();
        }
      }
    }
  }

  private void orchestrator(int number, Fault.Orchestrator fault, boolean begins) {
    var hit = struck.computeIfAbsent(number, n -> world.orchestrators().in(fault.which()));
    switch (fault.action()) {
      case KILL -> {
        if (begins) {
          hit.process().ifPresent(Child::kill);
        } else {
          hit.again(world.children());
        }
      }
      case STOP -> hit.process().ifPresent(begins ? Child::stop : Child::cont);
      case HANG -> throw new IllegalStateException("an orchestrator cannot be hung");
    }
  }

  private void clock(Fault.Clock fault, boolean begins) {
    var process =
        fault.of().equals(Fault.Clock.ORCHESTRATOR)
            ? world.orchestrators().in(Fault.Orchestrator.Which.LEADER).process()
            : world.fleet().worker(fault.of()).process();
    process.ifPresent(child -> FakeClock.step(child.spec(), begins ? fault.by() : Duration.ZERO));
  }

  private void dtu(Fault.DtuDials fault, boolean begins) {
    DtuCaller dtus = world.dtus();
    if (begins) {
      Thread.ofVirtual().name("lab-dtu").start(() -> dial(fault.id(), fault.dac()));
    } else {
      world.directory().hungUp(fault.id());
      dtus.hangUp(fault.id());
    }
  }

  /** Lets a DTU dial, and watches the directory until it shows it. */
  void dial(String dtu, String dac) {
    world.directory().dialled(dtu, dac);
    world.dtus().dial(dtu, dac, world.fleet().door(dac));
  }

  @Override
  public void close() {
    deploys.forEach(RollingDeploy::close);
    rolls.forEach(RollingBrokers::close);
    standing.forEach(Hog::close);
    hogs.values().forEach(flows -> flows.forEach(Hog::close));
  }
}
