package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path dir;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Notices notices = new Notices(said::add);

  static Registration of(String dtu, long seq) {
    return new Registration(dtu, "dac-1", new Incarnation(3, "b"), seq, seq, "h:1", true);
  }

  private static void close(Spool spool) {
    spool.close(System.nanoTime() + 5_000_000_000L);
  }

  @Test
  void whatAnEarlierLifeKeptIsGivenBack() {
    var first = Spool.open(dir, notices);
    first.keep(of("a", 1));
    first.keep(of("b", 2));
    first.settle("a");
    await().until(first::isDurable);
    close(first);
    var second = Spool.open(dir, notices);
    assertThat(second.recovered()).containsExactly(of("b", 2));
    close(second);
    assertThat(said).isEmpty();
  }

  @Test
  void aSecondProcessOnTheSameFolderIsRefusedInOneLine() {
    var first = Spool.open(dir, notices);
    assertThatThrownBy(() -> Spool.open(dir, notices))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("in use by another process")
        .hasMessageContaining("a folder of its own");
    close(first);
  }

  @Test
  void aFullDiskCostsOneLineAndNothingElse() throws IOException {
    Files.createSymbolicLink(dir.resolve("registrations.spool"), Path.of("/dev/full"));
    Path blocked = Files.createDirectory(dir.resolve("registrations.spool.new"));
    var spool = Spool.open(dir, notices);
    spool.keep(of("a", 1));
    await().until(() -> !said.isEmpty());
    spool.keep(of("b", 2));
    assertThat(said.get(0)).contains("kept in memory only").contains("free or mend the disk");
    assertThat(spool.isDurable()).isFalse();
    Files.delete(blocked);
    await().until(spool::isDurable);
    close(spool);
    assertThat(said).hasSize(2);
    assertThat(said.get(1)).contains("kept on disk again");
    var next = Spool.open(dir, notices);
    assertThat(next.recovered()).containsExactlyInAnyOrder(of("a", 1), of("b", 2));
    close(next);
  }

  @Test
  void withoutAUsableFolderMemoryMustDoAndOneLineSaysSo() throws IOException {
    Path file = Files.createFile(dir.resolve("plain-file"));
    var spool = Spool.open(file.resolve("state"), notices);
    spool.keep(of("a", 1));
    assertThat(spool.recovered()).isEmpty();
    assertThat(spool.isDurable()).isFalse();
    assertThat(said).hasSize(1);
    close(spool);
  }

  @Test
  void whatWasDurableSurvivesASuddenDeath() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolVictim.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> durable = new ArrayList<>();
    try (var out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        durable.add(line);
        if (durable.size() == 25) {
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertThat(durable).hasSizeGreaterThanOrEqualTo(25);
    var spool = Spool.open(dir, notices);
    assertThat(spool.recovered()).extracting(Registration::dtu).containsAll(durable);
    close(spool);
    assertThat(said).isEmpty();
  }
}
