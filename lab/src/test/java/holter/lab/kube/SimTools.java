package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.Act;
import holter.remedy.Plan;
import holter.server.kube.KubeCluster;
import holter.server.kube.RemedySide;
import holter.server.port.Hand;
import holter.server.remedy.Promises;
import holter.server.remedy.RemedyDesk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What a desk carries plans out with on the simulated Kubernetes; nothing of them is Kafka's. */
record SimTools(RemedySide side) implements RemedyDesk.Tools {
  /**
   * Takes the lease.
   *
   * @param dir where the stage's kubeconfig lies
   */
  static SimTools open(Path dir, Plan plan) throws RemedyDesk.Refused, InterruptedException {
    try {
      String config = dir.resolve("config").toString();
      return new SimTools(RemedySide.take(KubeCluster.openToLook(config, ""), plan.id()));
    } catch (RemedySide.Taken taken) {
      throw new RemedyDesk.Refused(String.valueOf(taken.getMessage()));
    }
  }

  private record NoKafka() implements Hand {
    @Override
    public Map<Act, Looked> look(List<Act> acts) {
      assertThat(acts).isEmpty();
      return new LinkedHashMap<>();
    }

    @Override
    public Map<Act, Looked> act(List<Act> acts, Duration deadline) {
      return look(acts);
    }
  }

  @Override
  public Hand hand() {
    return side.with(new NoKafka());
  }

  /** Fifteen seconds pass between two looks at a network. */
  @Override
  public Promises.Measures measures(Instant since) {
    var clock = new AtomicLong();
    return new Promises.Measures(
        side.networks(),
        restart -> side.successors(restart, since),
        () -> Set::of,
        () -> clock.addAndGet(15_000));
  }

  @Override
  public void close() {
    side.close();
  }
}
