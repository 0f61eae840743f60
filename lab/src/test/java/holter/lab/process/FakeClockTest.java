package holter.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child's wall clock that jumps; where libfaketime is missing, the one line that says so. */
final class FakeClockTest {
  /** Prints the wall clock's seconds, and once more when it is told to. */
  private static final String TWICE = "date +%s; read -r go; date +%s";

  @Test
  void aSteppedChildLivesInAnotherHour(@TempDir Path directory) throws Exception {
    var output = directory.resolve("out");
    var plain =
        new ChildSpec(
            "dac-01", "iota-w1", List.of("/bin/sh", "-c", TWICE), Map.of(), directory, output);
    if (FakeClock.library().isEmpty()) {
      assertThatThrownBy(() -> FakeClock.under(plain))
          .isInstanceOf(LabException.class)
          .hasMessageContaining("dac-01")
          .hasMessageContaining("apt-get install faketime");
      return;
    }
    var lines = run(FakeClock.under(plain));
    long before = Long.parseLong(lines.get(0));
    long after = Long.parseLong(lines.get(1));
    assertThat(after - before).isBetween(3_600L, 3_660L);
    assertThat(Math.abs(before - System.currentTimeMillis() / 1_000)).isLessThan(60);
  }

  private static List<String> run(ChildSpec spec) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(spec.command()).redirectErrorStream(true);
    builder.environment().putAll(spec.environment());
    var process = builder.start();
    try (var in = process.inputReader();
        var out = process.outputWriter()) {
      var lines = new java.util.ArrayList<String>();
      lines.add(in.readLine());
      FakeClock.step(spec, Duration.ofHours(1));
      out.write("go\n");
      out.flush();
      in.lines().forEach(lines::add);
      assertThat(process.waitFor()).isZero();
      return lines;
    }
  }
}
