package holter.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path home;

  @Test
  void aRunsFilesGoWithIt() throws IOException {
    Path path;
    try (var run = RunDirectory.open(home)) {
      path = run.path();
      Files.createDirectories(path.resolve("broker-1001/data"));
      Files.writeString(path.resolve("broker-1001/data/x"), "x");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void whatADeadLabLeftGoesWhenTheNextOpensAndWhatALivingOneHoldsStays() throws IOException {
    Path kept;
    try (var dead = RunDirectory.open(home)) {
      dead.keep();
      kept = dead.path();
    }
    assertThat(kept).exists();
    try (var living = RunDirectory.open(home);
        var next = RunDirectory.open(home)) {
      assertThat(kept).doesNotExist();
      assertThat(living.path()).exists();
      assertThat(next.path()).exists().isNotEqualTo(living.path());
    }
  }
}
