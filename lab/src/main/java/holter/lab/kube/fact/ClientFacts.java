package holter.lab.kube.fact;

import static holter.lab.kube.fact.Ask.that;

import com.fasterxml.jackson.databind.JsonNode;
import holter.lab.kube.FakeKubelet;
import holter.lab.kube.store.Json;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What must hold of the client that Holter uses, against either server. */
final class ClientFacts {
  /** Far below the 19 s for which the client would try a refused eviction again by itself. */
  private static final double AT_ONCE_S = 3;

  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final Duration RENEW = Duration.ofSeconds(4);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private ClientFacts() {}

  static final List<Fact> ALL =
      List.of(
          Fact.onNodes(37, "the client's evict() without budget: false, at once", ClientFacts::no),
          Fact.anywhere(38, "its evict() of nobody: an exception with 404", ClientFacts::nobody),
          new Fact(
              39,
              "a leader whose server freezes stops before its lease ends",
              Set.of(Fact.Need.FREEZE),
              ClientFacts::frozen));

  private static void no(Stage stage) {
    FakeKubelet node = stage.node(10);
    String app = Ask.newName();
    JsonNode pod = stage.pod(node, app);
    stage.budget(app, "{'minAvailable':1}");
    long startNs = System.nanoTime();
    boolean evicted =
        stage
            .ground()
            .client()
            .pods()
            .inNamespace(stage.ground().namespace())
            .withName(Json.name(pod))
            .evict();
    double tookS = (System.nanoTime() - startNs) / 1e9;
    that(!evicted, "true");
    that(tookS < AT_ONCE_S, "after " + tookS + " s");
  }

  private static void nobody(Stage stage) {
    var pods = stage.ground().client().pods().inNamespace(stage.ground().namespace());
    try {
      that(!pods.withName(Ask.newName()).evict(), "true");
      throw new Ask.Broken("false, no exception");
    } catch (KubernetesClientException refused) {
      that(refused.getCode() == 404, "an exception with " + refused.getCode());
    }
  }

  private static void frozen(Stage stage) throws InterruptedException {
    Ground.Freezer freezer = stage.ground().freezer();
    if (freezer == null) throw new Ask.Broken("it cannot be frozen");
    var began = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    String name = Ask.newName();
    var config =
        new ConfigBuilder(stage.ground().client().getConfiguration())
            .withRequestTimeout(2_000)
            .withRequestRetryBackoffLimit(0)
            .build();
    try (KubernetesClient own = new KubernetesClientBuilder().withConfig(config).build()) {
      var elector =
          own.leaderElector()
              .withConfig(
                  new LeaderElectionConfigBuilder()
                      .withName(name)
                      .withLock(new LeaseLock(stage.ground().namespace(), name, "me"))
                      .withLeaseDuration(LEASE)
                      .withRenewDeadline(RENEW)
                      .withRetryPeriod(RETRY)
                      .withLeaderCallbacks(
                          new LeaderCallbacks(began::countDown, stopped::countDown, leader -> {}))
                      .build())
              .build();
      var election = elector.start();
      that(began.await(10, TimeUnit.SECONDS), "it never led");
      freezer.freeze();
      try {
        that(
            stopped.await(LEASE.toMillis(), TimeUnit.MILLISECONDS),
            "it still led when its lease had ended");
      } finally {
        freezer.thaw();
        election.cancel(true);
      }
    }
    stage.wire().send("DELETE", stage.ask().leases() + "/" + name, "application/json", null);
  }
}
