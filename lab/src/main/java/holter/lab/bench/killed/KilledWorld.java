package holter.lab.bench.killed;

import holter.lab.fleet.JvmCommand;
import holter.lab.kube.ThreeNodes;
import holter.lab.kube.control.Pace;
import holter.lab.process.Child;
import holter.lab.process.ChildSpec;
import holter.lab.process.LabException;
import holter.lab.process.Opened;
import holter.lab.speed.OneBroker;
import holter.server.remedy.PlanFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A real broker, three simulated nodes, and {@code holter remedy} as a user starts it beside them.
 * Confined to the calling thread.
 */
final class KilledWorld implements AutoCloseable {
  private static final String MAIN = "holter.cli.Main";
  private static final int HEAP_MB = 256;

  private final Opened opened;
  private final OneBroker broker;
  private final ThreeNodes nodes;
  private final Path plans;
  private final Path kubeconfig;
  private int started;

  KilledWorld(Consumer<String> progress) {
    this.opened = new Opened("killed-ends", progress);
    try {
      broker = opened.add(OneBroker.start(progress));
      nodes = opened.add(new ThreeNodes(Pace.REAL));
      plans = Files.createDirectories(broker.directory().resolve("plans"));
      kubeconfig = nodes.sim().writeKubeconfig(broker.directory().resolve("kubeconfig"));
    } catch (IOException failed) {
      opened.close();
      throw new LabException("the plans' folder cannot be made; " + failed.getMessage(), failed);
    } catch (RuntimeException failed) {
      opened.close();
      throw failed;
    }
  }

  ThreeNodes nodes() {
    return nodes;
  }

  /** The address that plans are for. */
  String bootstrap() {
    return broker.bootstrap();
  }

  PlanFolder folder() {
    return new PlanFolder(plans);
  }

  /** Starts {@code holter remedy} with these words, in a process of its own. */
  Child remedy(List<String> words) {
    var all = new ArrayList<>(List.of("remedy"));
    all.addAll(words);
    all.addAll(
        List.of("--kubeconfig", kubeconfig.toString(), "--plans", plans.toString(), "--lang=en"));
    var java =
        new JvmCommand(
                HEAP_MB,
                broker.hostsFile(),
                Optional.empty(),
                System.getProperty("java.class.path"),
                MAIN)
            .with(all);
    java.addAll(1, JvmCommand.ownCache());
    String name = "remedy-" + ++started;
    Path out = broker.directory().resolve(name + ".out");
    return broker
        .children()
        .start(new ChildSpec(name, "iota-m1", java, Map.of(), broker.directory(), out));
  }

  @Override
  public void close() {
    opened.close();
  }
}
