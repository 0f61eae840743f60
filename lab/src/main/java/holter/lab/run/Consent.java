package holter.lab.run;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.fleet.JvmCommand;
import holter.lab.fleet.LabClock;
import holter.lab.net.EmulatedHost;
import holter.lab.process.ChildSpec;
import holter.lab.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The person who reads what Holter suggests for Kubernetes, consents if the audience does, and
 * applies it with Holter's own command, as a process of its own. Has one thread; thread-safe.
 */
final class Consent implements AutoCloseable {
  private static final String SUGGESTED = "PlanWords.ROOM_SUGGESTED";
  private static final String MAIN = "holter.cli.Main";
  private static final int HEAP_MB = 256;
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration MEASURED = Duration.ofSeconds(3);

  /** Another plan is being carried out: one at a time. */
  private static final String BUSY = "another plan of";

  private final Scenario scenario;
  private final World.Parts world;
  private final LabRun.Audience audience;
  private final Consumer<String> progress;
  private final Set<String> known = new HashSet<>();
  private final LinkedBlockingQueue<String> suggested = new LinkedBlockingQueue<>();
  private final Thread thread;
  private @Nullable Applied applied;

  /**
   * A plan that was applied.
   *
   * @param atMs when consent was given
   * @param endMs when the command had ended
   * @param exit of the command: 0 is cured
   * @param nicBefore share of its network that the host used before; the busier direction
   * @param nicAfter after the command had ended
   * @param pods nodes of the pods that fill it, when the command had ended
   */
  record Applied(
      String plan,
      long atMs,
      long endMs,
      int exit,
      double nicBefore,
      double nicAfter,
      List<String> pods) {}

  Consent(
      Scenario scenario, World.Parts world, LabRun.Audience audience, Consumer<String> progress) {
    this.scenario = scenario;
    this.world = world;
    this.audience = audience;
    this.progress = progress;
    this.thread = Thread.ofVirtual().name("lab-consent").start(this::run);
  }

  /** Hears what is seen of Holter. */
  void seen(Object what) {
    if (what instanceof Sightings.IncidentRead read) {
      for (JsonNode event : read.json().path("timeline")) {
        JsonNode said = event.path("what");
        if (said.path("key").asText().endsWith(SUGGESTED)) {
          offered(said.path("args").path(0).asText());
        }
      }
    }
  }

  private synchronized void offered(String plan) {
    if (known.add(plan)) {
      suggested.add(plan);
    }
  }

  private void run() {
    try {
      while (true) {
        String plan = suggested.take();
        String text = holter("show-" + plan, List.of("remedy", "show", plan)).text();
        text.lines().forEach(line -> progress.accept("remedy show: " + line));
        if (audience.consents(text)) {
          apply(plan);
        }
      }
    } catch (InterruptedException ends) {
      Thread.currentThread().interrupt();
    }
  }

  private void apply(String plan) throws InterruptedException {
    LabClock clock = world.truth().clock();
    long atMs = clock.nowMs();
    double before = nicShare();
    int run = 0;
    Ran ran;
    do {
      Thread.sleep(run == 0 ? Duration.ZERO : AGAIN);
      ran =
          holter(
              "apply-" + plan + "-" + ++run,
              List.of("remedy", "apply", plan, "--yes", "--kubeconfig", kubeconfig().toString()));
    } while (ran.text().contains(BUSY) && clock.nowMs() - atMs < LIMIT.toMillis());
    ran.text().lines().forEach(line -> progress.accept("remedy apply: " + line));
    long endMs = clock.nowMs();
    double after = nicShare();
    remember(new Applied(plan, atMs, endMs, ran.exit(), before, after, pods()));
  }

  private synchronized void remember(Applied now) {
    applied = now;
  }

  /** The plan that was applied last; empty when none was. */
  synchronized Optional<Applied> applied() {
    return Optional.ofNullable(applied);
  }

  private List<String> pods() {
    var kubernetes = world.kubernetes().orElseThrow();
    return scenario.kubernetes().workloads().stream()
        .filter(each -> !each.node().isEmpty())
        .flatMap(each -> kubernetes.nodesOf(each.name()).stream())
        .toList();
  }

  private Path kubeconfig() {
    return world.kubernetes().orElseThrow().kubeconfig();
  }

  /** Of the host that is to be cured, as its own shaper counts. */
  private double nicShare() throws InterruptedException {
    var wanted = scenario.expect().cured();
    if (wanted == null) {
      return Double.NaN;
    }
    EmulatedHost host = world.net().host(wanted.host());
    long out = host.egress().passedBytes();
    long in = host.ingress().passedBytes();
    Thread.sleep(MEASURED);
    long most = Math.max(host.egress().passedBytes() - out, host.ingress().passedBytes() - in);
    return most / (MEASURED.toMillis() / 1e3) / scenario.hostOf(wanted.host()).rate().bytesPerS();
  }

  /** What a command ended with, and all that it printed. */
  private record Ran(int exit, String text) {}

  private Ran holter(String name, List<String> words) {
    var place = world.orchestrators().all().getFirst();
    var all = new ArrayList<>(words);
    all.addAll(List.of("--plans", place.plans().toString(), "--no-color"));
    var java =
        new JvmCommand(
                HEAP_MB,
                world.net().hostsFile(place.host()),
                Optional.empty(),
                System.getProperty("java.class.path"),
                MAIN)
            .with(all);
    Path out = world.runDirectory().resolve(name + ".out");
    var spec = new ChildSpec(name, place.host(), java, Map.of(), world.runDirectory(), out);
    var child = world.children().start(spec);
    boolean ended = child.awaitExit(LIMIT);
    if (!ended) {
      child.kill();
    }
    try {
      return new Ran(ended ? child.exit().join() : -1, Files.readString(out));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(out + " cannot be read", unreadable);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
