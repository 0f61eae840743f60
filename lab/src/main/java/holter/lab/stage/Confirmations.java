package holter.lab.stage;

import holter.lab.cases.Case;
import holter.lab.cases.Confirm;
import holter.lab.cases.Dose;
import holter.lab.cases.Strike;
import holter.lab.fleet.LabClock;
import holter.lab.net.LinkMode;
import holter.lab.process.Deadline;
import holter.lab.scenario.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Whether each dose did what it says, as the lab sees it from outside. A case with one that did not
 * proves nothing and is void.
 */
final class Confirmations {
  /** A log directory's loss shows at the next checkpoint, by default a minute apart. */
  private static final Duration LIMIT = Duration.ofSeconds(75);

  private static final Duration LEFT = Duration.ofSeconds(30);

  /** Small questions that take ten times their calm time, and a quarter second at least. */
  private static final double SLOW_MS = 250;

  private static final double SLOW_TIMES = 10;
  private static final int PERIODS_MIN = 20;
  private static final int DISK_FULL_BYTES = 128 << 10;

  /** Each kind of noise has been made by then, and most of them twice. */
  private static final int NOISES_MIN = 10;

  private final Case given;
  private final CaseWorld.Parts world;
  private final Strikes strikes;
  private final LabEye eye;
  private final LabClock clock;
  private final Map<String, Double> calmMs = new HashMap<>();
  private final List<Pending> pending = new ArrayList<>();

  /**
   * One injection as it was confirmed.
   *
   * @param what was done, or must hold
   * @param held whether the lab saw it
   * @param atMs when it began, by the lab's clock
   */
  public record Seen(String what, boolean held, long atMs) {}

  private record Pending(Dose dose, long beganMs, CompletableFuture<Boolean> held) {}

  Confirmations(Case given, CaseWorld.Parts world, Strikes strikes, LabClock clock) {
    this.given = given;
    this.world = world;
    this.strikes = strikes;
    this.clock = clock;
    this.eye = new LabEye(world);
    world
        .kafka()
        .spec()
        .brokers()
        .forEach(b -> calmMs.put(b.host(), eye.ask(eye.here(), b.host())));
  }

  /** Does a dose, and looks on from then on whether it takes its effect. */
  void strike(Dose dose) {
    var test = test(dose);
    long began = clock.nowMs();
    strikes.begin(dose);
    var future = new CompletableFuture<Boolean>();
    pending.add(new Pending(dose, began, future));
    Thread.ofVirtual().name("lab-confirms").start(() -> future.complete(settles(test)));
  }

  private static boolean settles(BooleanSupplier test) {
    try {
      return Deadline.in(LIMIT).await(test);
    } catch (RuntimeException cannotSee) {
      return false;
    }
  }

  /** All that was done and must hold, each with what the lab saw of it; waits half a minute. */
  List<Seen> all() {
    var told = new ArrayList<Seen>();
    for (var one : pending) {
      told.add(new Seen(one.dose().strike().toString(), held(one.held()), one.beganMs()));
    }
    for (var confirm : given.confirm()) {
      boolean holds = Deadline.in(LEFT).await(() -> holds(confirm));
      told.add(new Seen(confirm.toString(), holds, clock.nowMs()));
    }
    return told;
  }

  private static boolean held(CompletableFuture<Boolean> future) {
    try {
      return future.get(LEFT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private BooleanSupplier test(Dose dose) {
    return switch (dose.strike()) {
      case Strike.Network network -> network(network.fault());
      case Strike.Broker broker -> broker(broker);
      case Strike.Cpu cpu -> throttled(dose, cpu);
      case Strike.Disk disk -> () -> strikes.disk(disk.broker()).free() < DISK_FULL_BYTES;
      case Strike.Dir dir -> {
        var lost = strikes.dir(dir).toString();
        yield () -> eye.dirFailed(dir.broker(), lost);
      }
      case Strike.TopicConfig config ->
          () ->
              config.set().entrySet().stream()
                  .allMatch(
                      e ->
                          eye.config(config.topic(), e.getKey())
                              .filter(e.getValue()::equals)
                              .isPresent());
      case Strike.OfClient client -> {
        var child = world.clients().child(client.name());
        yield () -> client.action() == Strike.Act.KILL ? !child.alive() : child.stopped();
      }
      case Strike.Partitions grown ->
          () -> eye.partition(grown.topic(), grown.to() - 1).isPresent();
      case Strike.Files files -> {
        var host = world.kafka().broker(files.broker()).host();
        yield () -> eye.ask(eye.here(), host) < 0;
      }
      case Strike.Control control -> {
        var child = world.kafka().control();
        yield () -> control.action() == Strike.Act.KILL ? !child.alive() : child.stopped();
      }
      case Strike.Quota quota ->
          () -> eye.quota(quota.clientId()).filter(q -> q == quota.producerBytesPerS()).isPresent();
      case Strike.Noise _ -> () -> strikes.noise(dose).made() >= NOISES_MIN;
      case Strike.User user -> () -> eye.known(user.delete()).filter(known -> !known).isPresent();
      case Strike.Acl acl -> {
        var right =
            Logins.right(acl.user(), ResourceType.TOPIC, acl.topic(), AclOperation.WRITE)
                .toFilter();
        yield () -> eye.granted(right).filter(granted -> !granted).isPresent();
      }
    };
  }

  private BooleanSupplier network(Fault fault) {
    return switch (fault) {
      case Fault.NicRate nic -> () -> slow(nic.host());
      case Fault.NicSaturate hog -> () -> slow(hog.host());
      case Fault.Link link -> () -> impaired(link);
      default -> () -> false;
    };
  }

  /** Of a broker's host the questions to it are slow; of another, those that come from it. */
  private boolean slow(String host) {
    var brokers = world.kafka().spec().brokers();
    boolean broker = brokers.stream().anyMatch(b -> b.host().equals(host));
    var target = broker ? host : brokers.getFirst().host();
    double tookMs = eye.ask(broker ? eye.here() : host, target);
    return late(tookMs, calmMs.getOrDefault(target, 0.0));
  }

  private static boolean late(double tookMs, double calmMs) {
    return tookMs < 0 || tookMs > Math.max(SLOW_MS, SLOW_TIMES * calmMs);
  }

  private boolean impaired(Fault.Link link) {
    if (link.from().equals("*") || link.to().equals("*")) {
      var hit = link.from().equals("*") ? link.to() : link.from();
      return !(world.net().mode(eye.here(), hit) instanceof LinkMode.Pass) && slow(hit);
    }
    return late(eye.ask(link.from(), link.to()), calmMs.getOrDefault(link.to(), 0.0))
        && late(eye.ask(link.to(), link.from()), calmMs.getOrDefault(link.from(), 0.0));
  }

  private BooleanSupplier broker(Strike.Broker broker) {
    var kafka = world.kafka();
    var host = kafka.broker(broker.id()).host();
    return switch (broker.action()) {
      case KILL -> () -> !kafka.alive(broker.id()) && !eye.connects(eye.here(), host);
      case STOP -> () -> eye.connects(eye.here(), host) && eye.ask(eye.here(), host) < 0;
      case RESTART -> {
        long before = kafka.child(broker.id()).pid();
        yield () ->
            kafka.child(broker.id()).pid() != before
                && kafka.alive(broker.id())
                && eye.ask(eye.here(), host) >= 0
                && kafka.registered().contains(broker.id());
      }
    };
  }

  /** The kernel counts, or, where nobody counts, the broker answers late. */
  private BooleanSupplier throttled(Dose dose, Strike.Cpu cpu) {
    var host = world.kafka().broker(cpu.broker()).host();
    return () -> {
      var limit = strikes.limit(dose);
      return limit.kind() == CpuLimit.Kind.SIGNALS
          ? late(eye.ask(eye.here(), host), calmMs.getOrDefault(host, 0.0))
          : limit.throttled() > PERIODS_MIN;
    };
  }

  private boolean holds(Confirm confirm) {
    if (confirm.isr() != null) {
      var isr = confirm.isr();
      return eye.partition(isr.topic(), isr.partition())
          .filter(p -> p.isr().size() == isr.size())
          .isPresent();
    }
    if (confirm.leaderless() != null) {
      var place = confirm.leaderless();
      return eye.partition(place.topic(), place.partition())
          .filter(p -> p.leader() == null || p.leader().id() < 0)
          .isPresent();
    }
    if (confirm.dark() != null) {
      return !eye.connects(confirm.dark().from(), confirm.dark().to());
    }
    return confirm.said() != null && said(confirm.said());
  }

  private boolean said(Confirm.Said said) {
    try {
      var text = Files.readString(world.clients().log(said.client()), StandardCharsets.UTF_8);
      return Pattern.compile(said.text()).matcher(text).find();
    } catch (IOException none) {
      return false;
    }
  }
}
