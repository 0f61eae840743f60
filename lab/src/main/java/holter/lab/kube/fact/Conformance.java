package holter.lab.kube.fact;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts that the simulator shares with a real API server, tried on either of them. On a real
 * one they make and delete Leases and pods named {@code holter-fact-…} in the context's namespace;
 * the pods never run.
 */
public final class Conformance {
  private Conformance() {}

  /**
   * What became of a fact.
   *
   * @param why empty when it holds
   */
  public record Outcome(String claim, boolean holds, String why) {}

  /** How many facts there are. */
  public static int facts() {
    return Facts.ALL.size();
  }

  /**
   * Tries every fact.
   *
   * @throws IllegalArgumentException in one line when the kubeconfig cannot be used
   */
  public static List<Outcome> run(Path kubeconfig) throws InterruptedException {
    Config config = config(kubeconfig);
    String namespace = config.getNamespace() == null ? "default" : config.getNamespace();
    List<Outcome> outcomes = new ArrayList<>();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      for (Facts.Fact fact : Facts.ALL) {
        outcomes.add(tried(fact, client, namespace));
      }
    }
    return outcomes;
  }

  private static Config config(Path kubeconfig) {
    try {
      return new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
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

  private static Outcome tried(Facts.Fact fact, KubernetesClient client, String namespace)
      throws InterruptedException {
    try (Ask ask = new Ask(client, namespace)) {
      fact.proof().hold(ask);
      return new Outcome(fact.claim(), true, "");
    } catch (Ask.Broken broken) {
      return new Outcome(fact.claim(), false, String.valueOf(broken.getMessage()));
    } catch (KubernetesClientException failed) {
      String said = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
      return new Outcome(fact.claim(), false, said);
    }
  }
}
