package holter.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void aLabKilledWithSigkillLeavesNoProcess() throws IOException {
    var lab =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedLab.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    try (var out = lab.inputReader(StandardCharsets.UTF_8)) {
      List<Long> pids =
          Pattern.compile(" ")
              .splitAsStream(String.valueOf(out.readLine()))
              .map(Long::valueOf)
              .toList();
      assertThat(pids).hasSize(2).allMatch(pid -> gone(pid) == false);
      lab.destroyForcibly();
      Awaitility.await().atMost(LIMIT).until(() -> pids.stream().allMatch(ChildrenTest::gone));
    } finally {
      lab.destroyForcibly();
    }
  }

  private static boolean gone(long pid) {
    var stat = ProcStat.read(pid);
    return stat == null || stat.state() == 'Z'; // init may be slow to reap
  }

  @Test
  void closingKillsRunningAndStoppedChildren() {
    Child running;
    Child stopped;
    try (var children = new Children()) {
      running = children.start(DoomedLab.sleeper("running", directory));
      stopped = children.start(DoomedLab.sleeper("stopped", directory));
      stopped.stop();
      Awaitility.await().atMost(LIMIT).until(stopped::stopped);
      assertThat(children.on("a")).hasSize(2);
      assertThat(children.on("b")).isEmpty();
    }
    assertThat(running.alive()).isFalse();
    assertThat(stopped.alive()).isFalse();
  }

  @Test
  void aStoppedChildLivesAndContinues() {
    try (var children = new Children()) {
      var child = children.start(DoomedLab.sleeper("one", directory));
      child.stop();
      Awaitility.await().atMost(LIMIT).until(child::stopped);
      assertThat(child.alive()).isTrue();
      child.cont();
      Awaitility.await().atMost(LIMIT).until(() -> !child.stopped());
    }
  }

  @Test
  void theExitCodeIsToldAndTheOutputKept() throws IOException {
    try (var children = new Children()) {
      var output = directory.resolve("out");
      var child =
          children.start(
              new ChildSpec(
                  "one",
                  "a",
                  List.of("sh", "-c", "echo word $MORE; exit 3"),
                  Map.of("MORE", "more"),
                  directory,
                  output));
      assertThat(child.exit().join()).isEqualTo(3);
      assertThat(Files.readString(output)).isEqualTo("word more\n");
      assertThat(child.outputTail(1)).isEqualTo("word more");
    }
  }

  @Test
  void aNameIsFreeAgainOnlyAfterTheEnd() {
    try (var children = new Children()) {
      var first = children.start(DoomedLab.sleeper("one", directory));
      assertThatThrownBy(() -> children.start(DoomedLab.sleeper("one", directory)))
          .isInstanceOf(LabException.class)
          .hasMessageContaining("has that name and lives");
      first.kill();
      assertThat(children.start(DoomedLab.sleeper("one", directory)).alive()).isTrue();
    }
  }

  @Test
  void aProgramThatDoesNotExistEndsWithTheShellsWord() {
    try (var children = new Children()) {
      var child =
          children.start(
              new ChildSpec(
                  "none",
                  "a",
                  List.of("/nonexistent/java"),
                  Map.of(),
                  directory,
                  directory.resolve("out")));
      assertThat(child.exit().join()).isEqualTo(127);
    }
  }

  @Test
  void processorTimeIsReadBehindAnyCommandName() {
    var stat = ProcStat.parse("7 (a b) c) T 1 7 7 0 -1 0 0 0 0 0 250 31 0 0 20 0 9 0 5 99 3 0");
    assertThat(stat).isEqualTo(new ProcStat('T', 2.5, 0.31, 3 * 4096));
  }
}
