package holter.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.Act;
import holter.server.kube.KubeCluster;
import holter.server.kube.RemedySide;
import holter.server.port.Hand;
import holter.server.remedy.RemedyDesk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a desk carries plans out with on the simulated Kubernetes; nothing of them is Kafka's. */
record SimTools(RemedySide side) implements RemedyDesk.Tools {
  /**
   * Takes the lease.
   *
   * @param dir where the stage's kubeconfig lies
   */
  static SimTools open(Path dir) throws RemedyDesk.Refused, InterruptedException {
    try {
      String config = dir.resolve("config").toString();
      return new SimTools(RemedySide.take(KubeCluster.openToLook(config, ""), "p1"));
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

  @Override
  public void close() {
    side.close();
  }
}
