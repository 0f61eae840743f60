package holter.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EntryReaderTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @Test
  void undatedLinesBelongToTheEntryBeforeThem() {
    List<LogEntry> entries =
        read(
            0,
            """
            [2023-02-02 18:05:41,431] WARN one
            java.io.IOException: more
            \tat somewhere
            [2023-02-02 18:05:42,000] INFO two
            """);
    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst().text()).contains("more").contains("at somewhere");
    assertThat(entries.get(1).firstLine()).endsWith("INFO two");
  }

  @Test
  void theBrokersZoneAndSkewAreTakenOut() {
    List<LogEntry> entries = read(5000, "[2023-02-02 18:05:41,431] WARN one\n");
    assertThat(entries.getFirst().wallMs())
        .isEqualTo(Instant.parse("2023-02-02T10:05:36.431Z").toEpochMilli());
  }

  @Test
  void halfALineAtTheBeginningIsDroppedAndAtTheEndIsKept() {
    List<LogEntry> entries =
        read(0, "0,999] INFO cut off\n[2023-02-02 18:05:41,431] INFO whole\r\n[2023-02-02 18:05:4");
    assertThat(entries).hasSize(1);
    assertThat(entries.getFirst().text()).startsWith("[2023-02-02 18:05:41,431] INFO whole\n");
  }

  @Test
  void binaryGarbageSurvivesAndWhatFollowsItIsRead() {
    var garbage = new byte[20_000];
    new Random(7).nextBytes(garbage);
    var all = new ArrayList<LogEntry>();
    byte[] before = "[2023-02-02 18:05:41,431] INFO before\n".getBytes(UTF_8);
    byte[] after = "\n[2023-02-02 18:05:42,431] INFO after\n".getBytes(UTF_8);
    var bytes = new byte[before.length + garbage.length + after.length];
    System.arraycopy(before, 0, bytes, 0, before.length);
    System.arraycopy(garbage, 0, bytes, before.length, garbage.length);
    System.arraycopy(after, 0, bytes, before.length + garbage.length, after.length);
    new EntryReader(SHANGHAI, 0, all::add).read(bytes);
    assertThat(all.getFirst().firstLine()).startsWith("[2023-02-02 18:05:41,431] INFO before");
    assertThat(all.getLast().text()).isEqualTo("[2023-02-02 18:05:42,431] INFO after");
    assertThat(all).allSatisfy(e -> assertThat(e.text().length()).isLessThanOrEqualTo(4096));
  }

  @Test
  void aDateThatIsNoneIsText() {
    assertThat(read(0, "[2023-99-02 18:05:41,431] INFO x\n[yyyy-mm-dd hh:mm:ss,SSS] y\n"))
        .isEmpty();
  }

  private static List<LogEntry> read(long skewMs, String text) {
    var all = new ArrayList<LogEntry>();
    new EntryReader(SHANGHAI, skewMs, all::add).read(text.getBytes(UTF_8));
    return all;
  }
}
