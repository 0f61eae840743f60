package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncarnationFileTest {
  @TempDir Path dir;
  private final List<String> said = new ArrayList<>();
  private final Notices notices = new Notices(said::add);

  private Incarnation begin(Path where, long epochSeconds) {
    return IncarnationFile.next(where, epochSeconds, notices);
  }

  @Test
  void eachLifeIsHigherThanTheOneBefore() {
    long first = begin(dir, 1000).n();
    assertThat(first).isEqualTo(1000);
    assertThat(begin(dir, 1000).n()).isEqualTo(1001);
    assertThat(begin(dir, 1000).n()).isEqualTo(1002);
    assertThat(begin(dir, 5000).n()).isEqualTo(5000);
    assertThat(said).isEmpty();
  }

  @Test
  void aClockThatWentBackDoesNotTakeTheCounterWithIt() {
    begin(dir, 9000);
    assertThat(begin(dir, 12).n()).isEqualTo(9001);
  }

  @Test
  void aLostDiskDoesNotGoBackBehindTheLivesBefore() throws IOException {
    long before = begin(dir, 1000).n();
    Files.delete(dir.resolve("incarnation"));
    assertThat(begin(dir, 1030).n()).isGreaterThan(before);
  }

  @Test
  void livesHaveDifferentBootIds() {
    assertThat(begin(dir, 1).boot()).isNotEqualTo(begin(dir, 1).boot()).hasSize(16);
  }

  @Test
  void aFolderThatCannotBeWrittenCostsOneLineAndNotTheStart() throws IOException {
    Path file = Files.createFile(dir.resolve("plain-file"));
    assertThat(begin(file.resolve("state"), 77).n()).isEqualTo(77);
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("incarnation counter not kept").contains("writable");
  }

  @Test
  void rubbishInTheFileIsToldAndCountedAnew() throws IOException {
    Files.writeString(dir.resolve("incarnation"), "\u0000\u0000");
    assertThat(begin(dir, 42).n()).isEqualTo(42);
    assertThat(said).hasSize(1);
    assertThat(Files.readString(dir.resolve("incarnation"))).isEqualTo("42\n");
  }
}
