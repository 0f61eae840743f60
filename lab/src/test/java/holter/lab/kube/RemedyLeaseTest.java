package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.server.kube.KubeCluster;
import holter.server.kube.RemedyLease;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One plan at a time. */
@Timeout(60)
final class RemedyLeaseTest {
  private static final Duration SHORTLY = Duration.ofMillis(600);

  @TempDir Path dir;

  private KubeCluster cluster(KubeSim sim, String namespace) throws Exception {
    String config = sim.writeKubeconfig(dir.resolve("config")).toString();
    return KubeCluster.open(config, "", namespace);
  }

  @Test
  void theSecondPlanWaitsForTheFirstAndThenHasTheLeaseAtOnce() throws Exception {
    try (var sim = new KubeSim();
        var cluster = cluster(sim, "default");
        var two = new RemedyLease(cluster)) {
      try (var one = new RemedyLease(cluster)) {
        assertThat(one.take(SHORTLY)).isEmpty();
        assertThat(one.barred()).isEmpty();
        assertThat(two.take(SHORTLY)).contains("another plan is being carried out");
      }
      assertThat(two.take(SHORTLY)).isEmpty();
      assertThat(two.barred()).isEmpty();
    }
  }

  @Test
  void whoHasLostItIsToldBeforeTheNextWrite() throws Exception {
    try (var sim = new KubeSim();
        var cluster = cluster(sim, "default");
        var asking = new Asking(sim);
        var ask = asking.ask();
        var one = new RemedyLease(cluster)) {
      assertThat(one.take(SHORTLY)).isEmpty();
      ObjectNode lease = ask.get(ask.leases() + "/holter-remedy");
      ObjectNode spec = lease.withObjectProperty("spec").put("holderIdentity", "somebody");
      spec.put("leaseTransitions", spec.path("leaseTransitions").asInt() + 1);
      ask.put(ask.leases() + "/holter-remedy", lease);
      assertThat(one.barred()).contains("not ours any more");
    }
  }

  @Test
  void whatHindersItIsSaid() throws Exception {
    try (var sim = new KubeSim();
        var cluster = cluster(sim, "nowhere");
        var one = new RemedyLease(cluster)) {
      assertThat(one.take(SHORTLY)).contains("cannot be had", "404");
    }
  }
}
