package holter.server;

import holter.engine.Input;
import holter.server.config.HolterConfig;
import holter.server.kube.FleetPods;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeRunner;
import holter.server.kube.PodWatch;
import holter.server.port.InOrder;
import holter.server.port.Look;
import holter.server.port.Runner;
import holter.server.run.AdviseRunner;
import holter.server.run.ExitWatch;
import holter.server.run.ProcessRunner;
import holter.server.run.Template;
import holter.server.run.WebhookRunner;
import holter.server.store.Store;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the runner that the configuration names, and listens to its exits. */
final class Runners {
  private static final String EXITS = "runner.exits";

  private final HolterConfig config;
  private final Optional<KubeCluster> cluster;
  private final Deque<AutoCloseable> open;
  private final Consumer<Input> out;
  private Optional<PodWatch> pods = Optional.empty();

  /**
   * @param cluster there when the runner is Kubernetes
   * @param open takes what must be closed
   * @param out takes exits
   */
  Runners(
      HolterConfig config,
      Optional<KubeCluster> cluster,
      Deque<AutoCloseable> open,
      Consumer<Input> out) {
    this.config = config;
    this.cluster = cluster;
    this.open = open;
    this.out = out;
  }

  Runner runner(Look look) {
    var runner = config.runner();
    return switch (runner.kind()) {
      case "webhook" -> new WebhookRunner(runner.url());
      case "command" -> new InOrder(new ProcessRunner(commands(), look));
      case "kubernetes" -> new InOrder(kubernetes(cluster.orElseThrow(), look));
      default -> new AdviseRunner();
    };
  }

  private ProcessRunner.Commands commands() {
    var command = config.runner().command();
    if (command == null) {
      throw new IllegalStateException("a command runner without a command was let through");
    }
    return new ProcessRunner.Commands(
        new Template(command.restart()),
        new Template(command.truth()),
        command.pidFile(),
        command.deadline());
  }

  private KubeRunner kubernetes(KubeCluster in, Look look) {
    var fleet = config.runner().pods();
    if (fleet == null) {
      throw new IllegalStateException("a Kubernetes runner without pods was let through");
    }
    FleetPods which = new FleetPods(fleet.selector(), fleet.instanceLabel(), fleet.container());
    PodWatch watch = new PodWatch(in, which, config.runner().exitEvents() ? out : unheard -> {});
    open.push(watch);
    pods = Optional.of(watch);
    KubeRunner.Terms terms =
        new KubeRunner.Terms(
            which,
            fleet.grace(),
            config.detect().startupWithin(),
            config.lease().name() + "-runner");
    return new KubeRunner(in, terms, watch, look);
  }

  /** Begins to hear of exits. */
  void listen(Store store) {
    var runner = config.runner();
    pods.ifPresent(PodWatch::start);
    if (runner.kind().equals("webhook") && runner.exitEvents()) {
      ExitWatch watch =
          new ExitWatch(runner.url(), store.noted(EXITS).orElse(0), out, n -> store.note(EXITS, n));
      open.push(watch);
      watch.start();
    }
  }
}
