package holter.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import holter.server.json.CoreJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A really full file system of 16 MB; skipped where it cannot be mounted. */
class FullDiskTest {
  @TempDir Path dir;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=16m", "holter-test", dir.toString());
    assumeThat(mounted).as("a file system can be mounted here").isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", dir.toString());
    }
  }

  @Test
  void aFullDiskIsToldAndNothingThatWaitsIsLost() throws IOException {
    Path ballast = dir.resolve("ballast");
    try (Store store =
        Store.open(StoreAddress.sqlite("jdbc:sqlite:" + dir.resolve("h.db")), CoreJson.mapper())) {
      fill(ballast);
      for (int n = 0; n < 2_000; n++) {
        store.audit(StoreTest.audit(n));
      }
      store.remember(StoreTest.known("dac-07"));
      var route = store.route(StoreChild.route(1));
      await().atMost(Duration.ofSeconds(10)).until(() -> !store.trouble().isEmpty());
      assertThat(store.trouble()).containsIgnoringCase("full");
      assertThat(route).isNotDone();
      assertThat(store.waiting()).isPositive();

      Files.delete(ballast);
      await().atMost(Duration.ofSeconds(20)).until(() -> store.waiting() == 0);
      assertThat(store.trouble()).isEmpty();
      assertThat(route).isDone();
      assertThat(store.latestAudit(5_000)).hasSize(2_000);
      assertThat(store.roster()).hasSize(1);
      assertThat(store.dropped()).isZero();
    }
  }

  @Test
  void aDiskThatIsFullAtTheStartIsOneLineThatSaysToFreeSpace() throws IOException {
    fill(dir.resolve("ballast"));
    assertThatThrownBy(
            () ->
                Store.open(
                    StoreAddress.sqlite("jdbc:sqlite:" + dir.resolve("h.db")), CoreJson.mapper()))
        .isInstanceOf(StoreBroken.class)
        .hasMessageContaining("full")
        .hasMessageContaining("free space on its disk")
        .hasMessageNotContaining("\n");
  }

  private static void fill(Path ballast) throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(ballast)) {
      for (int n = 0; n < 8_000; n++) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
