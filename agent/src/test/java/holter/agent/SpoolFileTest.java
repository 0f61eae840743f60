package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFileTest {
  private static final String NAME = "registrations.spool";

  @TempDir Path dir;
  private Path file = Path.of("");

  @BeforeEach
  void place() {
    file = dir.resolve(NAME);
  }

  private static Registration of(String dtu, long seq) {
    return new Registration(
        dtu, "dac-1", new Incarnation(3, "boot"), seq, 100 + seq, "iota-n2:7400", true);
  }

  private static Map<String, Optional<Registration>> keep(Registration registration) {
    return Map.of(registration.dtu(), Optional.of(registration));
  }

  private SpoolFile open() throws IOException {
    return SpoolFile.open(dir, NAME);
  }

  @Test
  void whatIsKeptIsThereInTheNextLifeAndWhatIsSettledIsNot() throws IOException {
    var spool = open();
    spool.write(keep(of("a", 1)));
    spool.write(keep(of("\"b\u4e2d\n", 2)));
    spool.write(keep(of("c", 3)));
    spool.write(Map.of("c", Optional.empty()));
    spool.write(keep(of("a", 4)));
    assertThat(open().pending())
        .isEqualTo(Map.of("a", of("a", 4), "\"b\u4e2d\n", of("\"b\u4e2d\n", 2)));
  }

  @Test
  void aTornLineCostsOnlyItselfWhereverItIsTorn() throws IOException {
    var spool = open();
    spool.write(keep(of("a", 1)));
    long whole = Files.size(file);
    spool.write(keep(of("b", 2)));
    byte[] bytes = Files.readAllBytes(file);
    for (int cut = (int) whole; cut < bytes.length; cut += 9) {
      Files.write(file, java.util.Arrays.copyOf(bytes, cut));
      var reopened = open();
      assertThat(reopened.pending()).as("cut at %d", cut).isEqualTo(Map.of("a", of("a", 1)));
      reopened.write(keep(of("c", 3)));
      assertThat(open().pending().keySet())
          .as("cut at %d", cut)
          .containsExactlyInAnyOrder("a", "c");
    }
  }

  @Test
  void aDamagedLineInTheMiddleIsLeftOutAndCounted() throws IOException {
    var spool = open();
    for (String dtu : new String[] {"a", "b", "c"}) {
      spool.write(keep(of(dtu, 1)));
    }
    String text = Files.readString(file);
    int middle = text.indexOf("\"b\"");
    Files.writeString(file, text.substring(0, middle) + "X" + text.substring(middle + 1));
    var reopened = open();
    assertThat(reopened.pending().keySet()).containsExactlyInAnyOrder("a", "c");
    assertThat(reopened.badLines()).isEqualTo(1);
  }

  @Test
  void rubbishIsNoRegistration() throws IOException {
    Files.write(file, new byte[] {0, 1, 2, '\n', (byte) 0xff, '\n', '\n'});
    assertThat(open().pending()).isEmpty();
    assertThat(open().badLines()).isEqualTo(3);
  }

  @Test
  void theFileDoesNotGrowWithWhatIsSettled() throws IOException {
    var spool = open();
    long largest = 0;
    for (int i = 1; i <= 600; i++) {
      spool.write(keep(of("dtu-" + i, i)));
      spool.write(Map.of("dtu-" + i, Optional.empty()));
      largest = Math.max(largest, Files.size(file));
    }
    assertThat(largest).isLessThan(70_000);
    assertThat(open().pending()).isEmpty();
  }

  @Test
  void aRefusingDiskLosesNothingOnceItTakesAgain() throws IOException {
    Files.createSymbolicLink(file, Path.of("/dev/full"));
    var spool = open();
    assertThatThrownBy(() -> spool.write(keep(of("a", 1)))).isInstanceOf(IOException.class);
    spool.write(keep(of("b", 2)));
    assertThat(Files.isRegularFile(file)).isTrue();
    assertThat(open().pending().keySet()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aFileLargerThanAnySpoolIsNotRead() throws IOException {
    try (var channel =
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.position(100L << 20);
      channel.write(StandardCharsets.UTF_8.encode("x"));
    }
    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("larger");
  }
}
