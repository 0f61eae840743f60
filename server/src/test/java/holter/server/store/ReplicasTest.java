package holter.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holter.server.json.CoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private Postgres postgres;
  private Process child;
  private Path said;

  @BeforeEach
  void aLeaderIsAProcessOfItsOwn() throws Exception {
    var bin = Postgres.installed();
    Assumptions.assumeTrue(bin.isPresent(), "no PostgreSQL server is installed");
    postgres = Postgres.start(bin.orElseThrow());
    said = dir.resolve("said");
    var address = postgres.address();
    child = Children.java(LeaderChild.class, said, address.url(), address.user());
    await().atMost(SOON).until(() -> last().endsWith(" true"));
  }

  @AfterEach
  void end() throws Exception {
    if (postgres != null) {
      child.destroyForcibly().waitFor();
      postgres.close();
    }
  }

  private List<String> lines() throws IOException {
    return Files.exists(said) ? Files.readAllLines(said) : List.of();
  }

  private String last() throws IOException {
    var lines = lines();
    return lines.isEmpty() ? "" : lines.getLast();
  }

  @Test
  void aKilledLeaderIsFollowedByTheOneThatStandsBy() throws Exception {
    try (Store next = Store.open(postgres.address(), CoreJson.mapper())) {
      assertThat(next.leads()).isFalse();
      child.destroyForcibly().waitFor();
      await().atMost(SOON).until(next::leads);
      assertThat(next.leaderEpoch()).isEqualTo(2);
    }
  }

  @Test
  void aStoppedLeaderIsFollowedAndLeadsNoMoreWhenItWakes() throws Exception {
    try (Store next = Store.open(postgres.address(), CoreJson.mapper())) {
      signal("STOP");
      long stoppedMs = System.currentTimeMillis();
      await().atMost(SOON).until(next::leads);
      long ledMs = System.currentTimeMillis();
      signal("CONT");
      int before = lines().size();
      await().atMost(SOON).until(() -> lines().size() > before + 5);
      assertThat(ledMs).as("not before the lease ended").isGreaterThan(stoppedMs + 4_000);
      assertThat(lines().subList(before, before + 5))
          .as("from its first word on")
          .allMatch(line -> line.endsWith(" false"));
      assertThat(next.leads()).isTrue();
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
