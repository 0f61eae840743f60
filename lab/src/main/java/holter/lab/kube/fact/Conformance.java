package holter.lab.kube.fact;

import holter.lab.kube.KubeSim;
import holter.lab.kube.Role;
import holter.lab.kube.control.Pace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The facts that the simulator shares with a real cluster, tried on either of them. On a real one
 * they make and delete objects named {@code holter-fact-…} in the context's namespace; nodes are
 * made only where that is allowed, and pods run on no other nodes.
 */
public final class Conformance {
  private static final String DIAGNOSE = "holter-diagnose";
  private static final String REMEDY = "holter-remedy";

  private Conformance() {}

  /** What became of a fact. */
  public enum State {
    HOLDS,
    BROKEN,
    /** It was not tried, and nothing is known of it. */
    SKIPPED
  }

  /**
   * One fact's outcome.
   *
   * @param number as the table of facts counts; 0: of Leases, pods and watches
   * @param why empty when it holds
   */
  public record Outcome(int number, String claim, State state, String why, long tookMs) {}

  /** How many facts there are. */
  public static int facts() {
    return Facts.ALL.size();
  }

  /** Tries every fact on a simulated cluster that is made for it, at its own pace. */
  public static List<Outcome> simulator() throws InterruptedException {
    try (KubeSim sim = KubeSim.cluster(Pace.QUICK, 1)) {
      sim.grant(Role.diagnose());
      sim.grant(Role.remedy("default", List.of(RoleFacts.OWN), List.of(RoleFacts.OWN)));
      Path file = Files.createTempFile("holter-sim", ".kubeconfig");
      try {
        var freezer =
            new Ground.Freezer() {
              @Override
              public void freeze() {
                sim.freeze();
              }

              @Override
              public void thaw() {
                sim.thaw();
              }
            };
        return run(sim.writeKubeconfig(file), Pace.QUICK, true, freezer);
      } finally {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("the simulator's kubeconfig cannot be written", failed);
    }
  }

  /**
   * Tries every fact on a real cluster, as far as it has what they need.
   *
   * @param nodes may fake nodes be made and thrown away there?
   * @throws IllegalArgumentException in one line when the kubeconfig cannot be used
   */
  public static List<Outcome> real(Path kubeconfig, boolean nodes) throws InterruptedException {
    return run(kubeconfig, Pace.REAL, nodes, null);
  }

  private static List<Outcome> run(
      Path kubeconfig, Pace pace, boolean nodes, Ground.@Nullable Freezer freezer)
      throws InterruptedException {
    Config config = config(kubeconfig, "");
    String namespace = config.getNamespace() == null ? "default" : config.getNamespace();
    Map<String, KubernetesClient> roles = new HashMap<>();
    Set<String> contexts =
        config.getContexts().stream().map(c -> c.getName()).collect(Collectors.toSet());
    for (String user : List.of(DIAGNOSE, REMEDY)) {
      if (contexts.contains(user)) roles.put(user, client(config(kubeconfig, user)));
    }
    List<Outcome> outcomes = new ArrayList<>();
    try (var ground = new Ground(client(config), namespace, pace, nodes, roles, freezer)) {
      Set<Fact.Need> has = ground.has();
      for (Fact fact : Facts.ALL) {
        outcomes.add(tried(fact, ground, has));
      }
    }
    return outcomes;
  }

  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static Config config(Path kubeconfig, String context) {
    try {
      Config found =
          context.isEmpty()
              ? Config.fromKubeconfig(kubeconfig.toFile())
              : Config.fromKubeconfig(context, kubeconfig.toFile());
      return new ConfigBuilder(found)
          .withConnectionTimeout(5_000)
          .withRequestTimeout(10_000)
          .withRequestRetryBackoffLimit(0)
          .withWatchReconnectLimit(0)
          .withOnlyHttpWatches(true)
          .build();
    } catch (KubernetesClientException | IllegalStateException garbled) {
      throw new IllegalArgumentException(kubeconfig + " is no kubeconfig");
    }
  }

  private static Outcome tried(Fact fact, Ground ground, Set<Fact.Need> has)
      throws InterruptedException {
    Set<Fact.Need> missing = EnumSet.noneOf(Fact.Need.class);
    missing.addAll(fact.needs());
    missing.removeAll(has);
    if (!missing.isEmpty()) {
      String why = missing.stream().map(Fact.Need::words).collect(Collectors.joining(", "));
      return new Outcome(fact.number(), fact.claim(), State.SKIPPED, "needs " + why, 0);
    }
    long startNs = System.nanoTime();
    String why = proved(fact, ground);
    long tookMs = (System.nanoTime() - startNs) / 1_000_000;
    State state = why.isEmpty() ? State.HOLDS : State.BROKEN;
    return new Outcome(fact.number(), fact.claim(), state, why, tookMs);
  }

  /** Empty when it holds, else why not. */
  private static String proved(Fact fact, Ground ground) throws InterruptedException {
    try (Stage stage = new Stage(ground)) {
      fact.proof().hold(stage);
      return "";
    } catch (Ask.Broken broken) {
      return String.valueOf(broken.getMessage());
    } catch (KubernetesClientException | UncheckedIOException failed) {
      return "it failed: " + String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    }
  }
}
