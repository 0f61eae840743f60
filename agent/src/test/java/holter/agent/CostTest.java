package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bounds that {@code docs/agent.md} tells. */
class CostTest {
  @TempDir Path dir;

  @Test
  void aBeatOverFivePartitionsIsUnderAThousandBytes() {
    List<SendResult> results = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      results.add(SendResult.failed(i % 5, 9_999_990 + i, "NOT_ENOUGH_REPLICAS"));
    }
    var who =
        new Identity(
            "dac-0123456789",
            new Incarnation(1_795_355_612L, "8c7842373f6e4206"),
            1000,
            "iota-n2.example.internal",
            "http://iota-n2.example.internal:7410");
    var beat =
        new Beat(9_999_999, 1_795_355_612_000L, 999_999_999, 999_999_999, DtuDigest.NONE, false);
    assertThat(beat.encode(who, 4, 5, results)).hasSizeLessThan(1000);
  }

  private static Set<String> ours() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = thread.getName();
      if (name.contains("cost-1") || name.startsWith("holter-")) {
        names.add(thread.getId() + " " + name);
      }
    }
    return names;
  }

  @Test
  void anAgentWithRegistrationsAndASecondPathHasTenThreadsAtMost() throws Exception {
    Set<String> before = ours();
    try (var cluster = new FakeCluster(1).topic("HeartBeat", 1).topic("Registry", 1);
        var directory = new FakeDirectory();
        var agent =
            HolterAgent.start(
                AgentConfig.of("cost-1", cluster.bootstrap(), dir)
                    .answeringOn("127.0.0.1", 0)
                    .withOrchestrator(directory.url(), FakeDirectory.TOKEN))) {
      agent.registrar().up("a", 1, "h:1");
      await().atMost(Duration.ofSeconds(30)).until(() -> !cluster.records("Registry").isEmpty());
      Set<String> now = ours();
      now.removeAll(before);
      assertThat(now).hasSizeBetween(7, 10);
    }
  }
}
