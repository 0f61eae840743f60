package holter.lab.stage;

import holter.lab.cases.Case;
import holter.lab.cases.Dose;
import holter.lab.cases.Strike;
import holter.lab.net.LinkMode;
import holter.lab.net.Nic;
import holter.lab.pod.Hog;
import holter.lab.pod.HogSpec;
import holter.lab.process.LabException;
import holter.lab.run.LinkFaults;
import holter.lab.scenario.Fault;
import holter.lab.scenario.Host;
import holter.lab.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Does to a case's world what its doses say, and undoes it. Confined to the thread that plays the
 * case; a broker's restart is done on a thread of its own.
 */
final class Strikes implements AutoCloseable {
  private static final Duration BACK_LIMIT = Duration.ofSeconds(90);
  private static final Duration HOG_LIMIT = Duration.ofMinutes(30);

  private final Case given;
  private final CaseWorld.Parts world;
  private final ClusterStrikes cluster;
  private final Map<Dose, List<Hog>> hogs = new HashMap<>();
  private final Map<Dose, CpuLimit> limits = new ConcurrentHashMap<>();
  private final Map<Dose, Noise> noises = new ConcurrentHashMap<>();

  Strikes(Case given, CaseWorld.Parts world) {
    this.given = given;
    this.world = world;
    this.cluster = new ClusterStrikes(world.admin());
  }

  /** Begins a dose. */
  void begin(Dose dose) {
    switch (dose.strike()) {
      case Strike.Network network -> network(dose, network.fault(), true);
      case Strike.Broker broker -> broker(broker);
      case Strike.Cpu cpu ->
          limits.put(dose, CpuLimit.of(world.kafka().child(cpu.broker()), cpu.percent()));
      case Strike.Disk disk -> disk(disk.broker()).fill();
      case Strike.Dir dir -> lose(dir(dir));
      case Strike.TopicConfig config -> cluster.configure(config);
      case Strike.OfClient client -> client(client, true);
      case Strike.Quota quota -> cluster.quota(quota);
      case Strike.Partitions grown -> cluster.grow(grown);
      case Strike.Files files -> FileLimit.put(world.kafka().child(files.broker()), files.more());
      case Strike.Control control -> {
        var child = world.kafka().control();
        if (control.action() == Strike.Act.KILL) {
          child.kill();
        } else {
          child.stop();
        }
      }
      case Strike.Noise noise -> noises.put(dose, Noise.start(noise, world));
      case Strike.User user -> cluster.forget(user);
      case Strike.Acl acl -> cluster.deny(acl);
    }
  }

  /** Undoes what can be undone; the rest stays as it is. */
  void end(Dose dose) {
    switch (dose.strike()) {
      case Strike.Network network -> network(dose, network.fault(), false);
      case Strike.Broker broker -> back(broker);
      case Strike.Cpu _ -> {
        var limit = limits.remove(dose);
        if (limit != null) {
          limit.close();
        }
      }
      case Strike.OfClient client -> client(client, false);
      case Strike.Noise _ -> noise(dose).close();
      case Strike.Control control -> {
        if (control.action() == Strike.Act.STOP) {
          world.kafka().control().cont();
        }
      }
      case Strike.Disk _,
          Strike.Dir _,
          Strike.TopicConfig _,
          Strike.Partitions _,
          Strike.Files _,
          Strike.Quota _,
          Strike.User _,
          Strike.Acl _ -> {
        // what was filled, lost, set, deleted or taken away stays so
      }
    }
  }

  /** The limit that a dose put on a broker. */
  CpuLimit limit(Dose dose) {
    var limit = limits.get(dose);
    if (limit == null) {
      throw new LabException("no limit was put on " + dose.strike());
    }
    return limit;
  }

  /** What a dose makes in noise. */
  Noise noise(Dose dose) {
    var noise = noises.get(dose);
    if (noise == null) {
      throw new LabException("no noise is made by " + dose.strike());
    }
    return noise;
  }

  SmallDisk disk(int broker) {
    var disk = world.disks().get(broker);
    if (disk == null) {
      throw new LabException("broker " + broker + " has no disk of its own");
    }
    return disk;
  }

  Path dir(Strike.Dir dir) {
    var dirs = world.dirs().getOrDefault(dir.broker(), List.of());
    if (dir.number() < 1 || dir.number() > dirs.size()) {
      throw new LabException(
          "broker %d has %d dirs of its own".formatted(dir.broker(), dirs.size()));
    }
    return dirs.get(dir.number() - 1);
  }

  /** What stood there stands elsewhere: to the broker its disk is unmounted. */
  private static void lose(Path dir) {
    try {
      Files.move(dir, dir.resolveSibling(dir.getFileName() + ".unmounted"));
    } catch (IOException failed) {
      throw new LabException("cannot take " + dir + " away; " + failed.getMessage(), failed);
    }
  }

  private void network(Dose dose, Fault fault, boolean begins) {
    switch (fault) {
      case Fault.NicRate nic -> {
        var own = given.hosts().getOrDefault(nic.host(), Host.DEFAULT);
        var depth = nic.depth() == null ? own.depth() : nic.depth();
        world
            .net()
            .host(nic.host())
            .nic(
                begins
                    ? new Nic(nic.rate().bytesPerS(), depth)
                    : new Nic(own.rate().bytesPerS(), own.depth()));
      }
      case Fault.Link link -> {
        var mode = begins ? LinkFaults.mode(link) : LinkMode.PASS;
        if (link.from().equals("*")) {
          world.net().links(link.to(), mode);
        } else if (link.to().equals("*")) {
          world.net().links(link.from(), mode);
        } else {
          world.net().link(link.from(), link.to(), mode);
        }
      }
      case Fault.NicSaturate saturate -> {
        if (begins) {
          hogs.put(dose, flows(saturate));
        } else {
          hogs.getOrDefault(dose, List.of()).forEach(Hog::close);
        }
      }
      default -> throw new LabException("no case does " + fault);
    }
  }

  private List<Hog> flows(Fault.NicSaturate s) {
    var started = new ArrayList<Hog>();
    if (s.direction() != Scenario.Direction.IN) {
      var out = new HogSpec(s.pod() + "-out", s.host(), s.peer(), s.flows(), 0, HOG_LIMIT);
      started.add(Hog.start(out, world.net()));
    }
    if (s.direction() != Scenario.Direction.OUT) {
      var in = new HogSpec(s.pod() + "-in", s.peer(), s.host(), s.flows(), 0, HOG_LIMIT);
      started.add(Hog.start(in, world.net()));
    }
    return started;
  }

  private void broker(Strike.Broker broker) {
    var kafka = world.kafka();
    switch (broker.action()) {
      case KILL -> kafka.kill(broker.id());
      case STOP -> kafka.stop(broker.id());
      case RESTART ->
          onItsOwn(
              () -> {
                kafka.child(broker.id()).terminate();
                kafka.child(broker.id()).awaitExit(BACK_LIMIT);
                kafka.restart(broker.id(), BACK_LIMIT);
              });
    }
  }

  private void back(Strike.Broker broker) {
    switch (broker.action()) {
      case KILL -> onItsOwn(() -> world.kafka().restart(broker.id(), BACK_LIMIT));
      case STOP -> world.kafka().cont(broker.id());
      case RESTART -> {
        // it came back by itself
      }
    }
  }

  private static void onItsOwn(Runnable slow) {
    Thread.ofPlatform().daemon().name("lab-broker-back").start(slow);
  }

  private void client(Strike.OfClient client, boolean begins) {
    var child = world.clients().child(client.name());
    switch (client.action()) {
      case KILL -> {
        if (begins) {
          child.kill();
        }
      }
      case STOP -> {
        if (begins) {
          child.stop();
        } else {
          child.cont();
        }
      }
      case RESTART -> throw new LabException("a client is not restarted");
    }
  }

  @Override
  public void close() {
    hogs.values().forEach(flows -> flows.forEach(Hog::close));
    limits.values().forEach(CpuLimit::close);
    noises.values().forEach(Noise::close);
  }
}
