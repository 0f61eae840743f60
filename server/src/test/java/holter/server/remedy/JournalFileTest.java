package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalFileTest {
  private static final JournalEntry ONE = new JournalEntry(1, Deed.INTENDED, 1, "步骤");
  private static final JournalEntry TWO = new JournalEntry(2, Deed.DONE, 1, "");

  @TempDir Path folder;

  @Test
  void whatWasAddedIsThereForWhoeverComesNext() throws IOException {
    Path file = folder.resolve("p.journal");
    var journal = new JournalFile(file);
    journal.add(ONE);
    journal.add(TWO);
    assertThat(new JournalFile(file).entries()).containsExactly(ONE, TWO);
  }

  @Test
  void aLineThatACrashCutShortIsDroppedAndReadingItChangesNothing() throws IOException {
    Path file = folder.resolve("p.journal");
    new JournalFile(file).add(ONE);
    Files.writeString(file, "{\"entry\":{\"wallMs\":2,", StandardOpenOption.APPEND);
    byte[] before = Files.readAllBytes(file);
    var next = new JournalFile(file);
    assertThat(next.entries()).containsExactly(ONE);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    next.add(TWO);
    assertThat(new JournalFile(file).entries()).containsExactly(ONE, TWO);
  }

  @Test
  void aLineThatSomebodyTookOutIsMissed() throws IOException {
    Path file = folder.resolve("p.journal");
    var journal = new JournalFile(file);
    journal.add(ONE);
    journal.add(TWO);
    Files.writeString(file, Files.readAllLines(file).getLast() + "\n");
    assertThatThrownBy(() -> new JournalFile(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not what was written");
  }
}
