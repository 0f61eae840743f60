package holter.lab.kube;

import holter.lab.kube.fact.Ask;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** Asks a simulator, as an administrator would. */
record Asking(KubernetesClient client) implements AutoCloseable {
  Asking(KubeSim sim) {
    this(
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl(sim.url())
                    .withRequestRetryBackoffLimit(0)
                    .withOnlyHttpWatches(true)
                    .build())
            .build());
  }

  Ask ask() {
    return new Ask(client, "default");
  }

  @Override
  public void close() {
    client.close();
  }
}
