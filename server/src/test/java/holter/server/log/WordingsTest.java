package holter.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the table against lines as Kafka writes them, and lines that only look so. */
final class WordingsTest {
  record Row(
      Wording.Origin origin, LogSign sign, int broker, String about, String line, String miss) {
    static Row of(String text) {
      String[] part = text.split("\\|", -1);
      return new Row(
          part[0].equals("B") ? Wording.Origin.BROKER : Wording.Origin.CLIENT,
          LogSign.valueOf(part[1]),
          Integer.parseInt(part[2]),
          part[3],
          part[4].replace('~', '\n'),
          part[5].replace('~', '\n'));
    }
  }

  static List<Row> rows() throws IOException {
    try (InputStream in = WordingsTest.class.getResourceAsStream("wordings.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Row::of)
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aLineOfKafkaIsItsSignAndNamesItsSubject(Row row) {
    assertThat(read(row.origin(), row.line()))
        .anySatisfy(
            fact -> {
              assertThat(fact.sign()).isEqualTo(row.sign());
              assertThat(fact.brokerId()).isEqualTo(row.broker());
              assertThat(fact.about()).isEqualTo(row.about());
            });
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aLineLikeItIsNoSign(Row row) {
    assertThat(read(row.origin(), row.miss())).noneMatch(fact -> fact.sign() == row.sign());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aTerminalThatWrapsLinesChangesNothing(Row row) {
    String wrapped = row.line().replaceAll("(.{37})", "$1\n");
    assertThat(read(row.origin(), wrapped))
        .extracting(Fact.Logged::sign, Fact.Logged::about)
        .isEqualTo(
            read(row.origin(), row.line()).stream()
                .map(f -> org.assertj.core.groups.Tuple.tuple(f.sign(), f.about()))
                .toList());
  }

  @Test
  void everyRowIsTriedByALine() throws IOException {
    Set<Integer> tried = new HashSet<>();
    for (Row row : rows()) {
      String tight = Wording.tight(row.line());
      for (int at = 0; at < Wordings.ALL.size(); at++) {
        if (Wordings.ALL.get(at).pattern().matcher(tight).find()) tried.add(at);
      }
    }
    assertThat(
            Stream.iterate(0, i -> i < Wordings.ALL.size(), i -> i + 1)
                .filter(at -> !tried.contains(at))
                .map(at -> Wordings.ALL.get(at))
                .filter(w -> w.use() == Wording.Use.SIGN)
                .map(Wording::template))
        .isEmpty();
  }

  @Test
  void everySignHasAWording() {
    // those that no line alone says
    Set<LogSign> worded =
        EnumSet.of(
            LogSign.RESTARTED_FOR_SILENCE,
            LogSign.IDLE_DISCONNECTED,
            LogSign.STOOD_STILL,
            LogSign.LAST_LINE);
    Wordings.ALL.forEach(wording -> worded.add(wording.sign()));
    assertThat(EnumSet.complementOf(EnumSet.copyOf(worded))).isEmpty();
  }

  @Test
  void anAnchorIsLongEnoughToBeRare() {
    assertThat(Wordings.ALL).allSatisfy(w -> assertThat(w.anchor()).hasSizeGreaterThanOrEqualTo(8));
  }

  static List<Fact.Logged> read(Wording.Origin origin, String line) {
    var book = new SignBook("it", origin == Wording.Origin.BROKER ? 7 : -1, origin);
    var entry = new LogEntry(1000, line.getBytes(UTF_8));
    BitSet hits = Wordings.anchorsIn(entry);
    book.take(entry, hits);
    return book.facts();
  }
}
