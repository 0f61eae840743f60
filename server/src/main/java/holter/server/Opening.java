package holter.server;

import holter.server.config.Evidence;
import holter.server.config.HolterConfig;
import holter.server.config.Remedies;
import holter.server.json.CoreJson;
import holter.server.kafka.KafkaSettings;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeLease;
import holter.server.store.Store;
import holter.server.store.StoreAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What is opened first: the ways to Kafka, to Kubernetes and to the store. */
final class Opening {
  private Opening() {}

  static KafkaSettings kafka(HolterConfig.Kafka kafka) {
    KafkaSettings settings = KafkaSettings.of(kafka.bootstrapServers());
    if (kafka.commandConfig().isEmpty()) {
      return settings;
    }
    try {
      KafkaSettings secured = settings.withCommandConfig(Path.of(kafka.commandConfig()));
      secured.tryOut();
      return secured;
    } catch (IllegalArgumentException refused) {
      throw new CannotStart(
          "kafka.commandConfig %s cannot be used; %s; correct it"
              .formatted(kafka.commandConfig(), refused.getMessage()));
    } catch (IOException unreadable) {
      throw new CannotStart(
          "kafka.commandConfig "
              + kafka.commandConfig()
              + " cannot be read; "
              + unreadable.getClass().getSimpleName()
              + "; check its path and its rights");
    }
  }

  /** Further places of evidence; they are opened when they are asked. */
  static Places places(HolterConfig config, KafkaSettings kafka, LongSupplier clockMs) {
    Evidence evidence = config.evidence();
    try {
      var given = new Places.Given(evidence.hostsBy(), evidence.jmx(), evidence.vantages());
      Places places = Places.of(given, kafka, clockMs);
      var at = config.kubernetes();
      return wantsKubernetes(config) || !at.kubeconfig().isEmpty()
          ? places.withKubernetes(at.kubeconfig(), at.context(), clockMs)
          : places;
    } catch (IllegalArgumentException refused) {
      throw new CannotStart("evidence: " + refused.getMessage());
    }
  }

  /** Kubernetes, when room is to be planned for in it; whoever takes it closes it. */
  static Optional<KubeCluster> rooms(HolterConfig config) {
    var at = config.kubernetes();
    boolean known = wantsKubernetes(config) || !at.kubeconfig().isEmpty();
    if (!known || config.remedies().kubernetes() == Remedies.Mode.OFF) {
      return Optional.empty();
    }
    try {
      return Optional.of(KubeCluster.openToLook(at.kubeconfig(), at.context()));
    } catch (IllegalArgumentException refused) {
      throw new CannotStart("kubernetes: " + refused.getMessage());
    }
  }

  /** Kubernetes, when the runner or the lease wants it. */
  static Optional<KubeCluster> kubernetes(HolterConfig config, Deque<AutoCloseable> open) {
    if (!wantsKubernetes(config)) {
      return Optional.empty();
    }
    var at = config.kubernetes();
    try {
      KubeCluster cluster = KubeCluster.open(at.kubeconfig(), at.context(), at.namespace());
      open.push(cluster);
      return Optional.of(cluster);
    } catch (IllegalArgumentException refused) {
      throw new CannotStart("kubernetes: " + refused.getMessage());
    }
  }

  private static boolean wantsKubernetes(HolterConfig config) {
    return config.runner().kind().equals("kubernetes")
        || config.lease().kind().equals("kubernetes");
  }

  /** The store, led by whoever the lease says. */
  static Store store(
      HolterConfig config, Optional<KubeCluster> cluster, Deque<AutoCloseable> open) {
    var at = config.store();
    var address = new StoreAddress(at.url(), at.user(), at.password());
    if (config.lease().kind().equals("store") || cluster.isEmpty()) {
      Store store = Store.open(address, CoreJson.mapper());
      open.push(store);
      return store;
    }
    Store store =
        Store.open(
            address,
            CoreJson.mapper(),
            epochSoFar -> {
              KubeLease lease = new KubeLease(cluster.get(), config.lease().name(), epochSoFar);
              open.push(lease);
              return lease;
            });
    open.push(store);
    return store;
  }
}
