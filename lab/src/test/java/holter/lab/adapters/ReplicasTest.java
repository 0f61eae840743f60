package holter.lab.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holter.lab.postgres.LabPostgres;
import holter.lab.process.Child;
import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import holter.server.json.CoreJson;
import holter.server.store.Store;
import holter.server.store.StoreAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a real PostgreSQL server: one leads at any moment, whatever is done. */
@SuppressWarnings("NullAway.Init") // made before each test
final class ReplicasTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;
  private final Children children = new Children();
  private StoreAddress address;
  private Child child;

  @BeforeEach
  void aLeaderIsAProcessOfItsOwn() {
    Assumptions.assumeTrue(LabPostgres.installed().isPresent(), "no PostgreSQL is installed");
    var postgres = LabPostgres.start(dir.resolve("postgres"), children);
    address = new StoreAddress(postgres.url(), postgres.user(), "");
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LeaderChild.class.getName(),
            address.url(),
            address.user());
    child =
        children.start(new ChildSpec("leader", "", command, Map.of(), dir, dir.resolve("said")));
    await().atMost(SOON).until(() -> child.outputTail(1).endsWith(" true"));
  }

  @AfterEach
  void end() {
    children.close();
  }

  /** What the child said of its leadership; its log goes to the same file. */
  private List<String> lines() throws IOException {
    return Files.readAllLines(child.spec().output()).stream()
        .filter(line -> line.matches("\\d+ (true|false)"))
        .toList();
  }

  @Test
  void aKilledLeaderIsFollowedByTheOneThatStandsBy() {
    try (Store next = Store.open(address, CoreJson.mapper())) {
      assertThat(next.leads()).isFalse();
      child.kill();
      await().atMost(SOON).until(next::leads);
      assertThat(next.leaderEpoch()).isEqualTo(2);
    }
  }

  @Test
  void aStoppedLeaderIsFollowedAndLeadsNoMoreWhenItWakes() throws Exception {
    try (Store next = Store.open(address, CoreJson.mapper())) {
      child.stop();
      long stoppedMs = System.currentTimeMillis();
      await().atMost(SOON).until(next::leads);
      long ledMs = System.currentTimeMillis();
      child.cont();
      int before = lines().size();
      await().atMost(SOON).until(() -> lines().size() > before + 5);
      assertThat(ledMs).as("not before the lease ended").isGreaterThan(stoppedMs + 4_000);
      assertThat(lines().subList(before, before + 5))
          .as("from its first word on")
          .allMatch(line -> line.endsWith(" false"));
      assertThat(next.leads()).isTrue();
    }
  }
}
