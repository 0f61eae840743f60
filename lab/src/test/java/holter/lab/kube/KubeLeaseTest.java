package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.lab.kube.fact.Ask;
import holter.server.kube.KubeCluster;
import holter.server.kube.KubeLease;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two orchestrators and one Lease object, over HTTP. */
@SuppressWarnings("NullAway.Init") // made before each test
class KubeLeaseTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path dir;
  private KubeSim sim;
  private Asking asking;
  private Ask ask;
  private KubeCluster cluster;
  private KubeLease one;
  private KubeLease two;

  @BeforeEach
  void twoAsk() throws Exception {
    sim = new KubeSim();
    asking = new Asking(sim);
    ask = asking.ask();
    cluster = KubeCluster.open(sim.writeKubeconfig(dir.resolve("config")).toString(), "", "");
    one = new KubeLease(cluster, "holter", () -> 0);
    two = new KubeLease(cluster, "holter", () -> 0);
  }

  @AfterEach
  void end() {
    sim.thaw();
    cluster.close();
    asking.close();
    sim.close();
  }

  private ObjectNode lease() {
    return ask.get(ask.leases() + "/holter");
  }

  @Test
  void oneLeadsAndTheOtherStandsBy() {
    assertThat(one.lead()).isEqualTo(1);
    assertThat(two.lead()).isZero();
    assertThat(one.renew()).isTrue();
    assertThat(one.leads()).isTrue();
    assertThat(two.leads()).isFalse();
    assertThat(lease().path("spec").path("leaseTransitions").asLong()).isEqualTo(1);
  }

  @Test
  void whoGivesItBackIsFollowedAtOnceByAGreaterEpoch() {
    one.lead();
    one.close();
    assertThat(one.leads()).isFalse();
    assertThat(two.lead()).isEqualTo(2);
  }

  @Test
  void aLeaderThatStoppedIsFollowedAfterItsLeaseAndLeadsNoMoreWhenItWakes() {
    one.lead();
    long stoppedNs = System.nanoTime();
    two.lead(); // sees it held
    await().atMost(SOON).until(() -> two.lead() == 2);
    assertThat(System.nanoTime() - stoppedNs).isGreaterThan(Duration.ofSeconds(6).toNanos());
    assertThat(one.leads()).isFalse();
    assertThat(one.renew()).isFalse();
    assertThat(one.lead()).isZero();
    assertThat(two.renew()).isTrue();
  }

  @Test
  void aHolderWhoseClockIsFarOffKeepsWhatItRenews() {
    one.lead();
    assertThat(two.lead()).isZero();
    for (int renewal = 0; renewal < 3; renewal++) {
      ObjectNode lease = lease();
      lease
          .withObjectProperty("spec")
          .put("renewTime", "2001-01-01T00:00:0" + renewal + ".000000Z");
      ask.put(ask.leases() + "/holter", lease);
      assertThat(two.lead()).as("its renewTime lies years back").isZero();
    }
  }

  @Test
  void aLeaderWhoseApiServerIsMuteEndsBeforeTheOthersMayBegin() {
    one.lead();
    sim.freeze();
    await()
        .atMost(SOON)
        .until(
            () -> {
              boolean kept = one.renew();
              assertThat(kept).isEqualTo(one.leads());
              return !kept;
            });
    sim.thaw();
    assertThat(two.lead()).as("seen for the first time: held").isZero();
  }

  @Test
  void aRenewalWhoseAnswerWasLostIsNoLoss() {
    one.lead();
    ObjectNode lease = lease();
    lease.withObjectProperty("metadata").putObject("annotations").put("by", "somebody else");
    ask.put(ask.leases() + "/holter", lease); // another version, the same holder
    assertThat(one.renew()).isTrue();
    assertThat(one.renew()).isTrue();
    assertThat(one.leads()).isTrue();
  }

  @Test
  void anEpochIsGreaterThanAnyTheStoreKnowsAlsoWhenTheLeaseWasDeleted() {
    KubeLease late = new KubeLease(cluster, "holter", () -> 41);
    assertThat(late.lead()).isEqualTo(42);
    late.close();
    assertThat(two.lead()).isEqualTo(43);
    ask.delete(ask.leases() + "/holter", Ask.options());
    assertThat(two.renew()).isFalse();
    assertThat(two.leads()).isFalse();
    assertThat(two.lead()).isEqualTo(44);
  }

  @Test
  void nobodyLeadsByAStoreThatCannotBeRead() {
    KubeLease lost =
        new KubeLease(
            cluster,
            "holter",
            () -> {
              throw new IllegalStateException("store cannot be read");
            });
    assertThat(lost.lead()).isZero();
    assertThat(lost.leads()).isFalse();
  }
}
