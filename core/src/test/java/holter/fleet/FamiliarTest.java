package holter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A reader that hands the same objects again is believed faster, and never believed more. */
class FamiliarTest {
  private static final InstanceId DAC = new InstanceId("dac-07");
  private static final Beat.Sender SENDER = sender(3);

  private final BeatTable table = new BeatTable();

  private static Beat.Sender sender(long life) {
    return new Beat.Sender(DAC, new Incarnation(life, "boot"), SenderKind.AGENT);
  }

  private static Beat beat(Beat.Sender from, long seq, long intervalMs, String answerAt) {
    var place = new Beat.Place(0, seq, 0);
    return new Beat(from, seq, intervalMs, place, 0, -1, false, List.of(), answerAt, "h");
  }

  private Hearing hear(Beat beat) {
    return table.hear(table.row(beat.from()), beat, 1_000 * beat.seq());
  }

  @Test
  void theSameSenderTellingAnotherAddressOrIntervalIsNews() {
    hear(beat(SENDER, 1, 1_000, "http://h:1"));
    hear(beat(SENDER, 2, 1_000, "http://h:1"));
    assertThat(table.toldNews()).isFalse();
    hear(beat(SENDER, 3, 1_000, "http://h:2"));
    assertThat(table.toldNews()).isTrue();
    assertThat(table.answerAt(table.row(DAC))).isEqualTo("http://h:2");
    hear(beat(SENDER, 4, 2_000, "http://h:2"));
    assertThat(table.toldNews()).isTrue();
    assertThat(table.intervalMs(table.row(DAC))).isEqualTo(2_000);
  }

  @Test
  void anEqualSenderInAnotherObjectIsTheSame() {
    hear(beat(SENDER, 1, 1_000, "http://h:1"));
    assertThat(hear(beat(sender(3), 2, 1_000, "http://h:1"))).isEqualTo(Hearing.FRESH);
    assertThat(table.toldNews()).isFalse();
    assertThat(hear(beat(SENDER, 2, 1_000, "http://h:1"))).isEqualTo(Hearing.LATE);
  }

  @Test
  void aSenderWhoseLifeEndedUnheardIsOldThoughTheObjectIsTheSame() {
    hear(beat(SENDER, 1, 1_000, "http://h:1"));
    table.endLife(table.row(DAC), 4);
    assertThat(hear(beat(SENDER, 2, 1_000, "http://h:1"))).isEqualTo(Hearing.OLD_LIFE);
    assertThat(hear(beat(sender(4), 9, 1_000, "http://h:1"))).isEqualTo(Hearing.LATE);
    assertThat(hear(beat(sender(5), 1, 1_000, "http://h:1"))).isEqualTo(Hearing.REBORN);
    assertThat(hear(beat(SENDER, 3, 1_000, "http://h:1"))).isEqualTo(Hearing.OLD_LIFE);
  }

  @Test
  void whoIsForgottenIsAStrangerAlsoInARowThatAnotherTook() {
    hear(beat(SENDER, 1, 1_000, "http://h:1"));
    table.forget(DAC);
    assertThat(table.row(SENDER)).isNegative();
    var other = new Beat.Sender(new InstanceId("dac-08"), SENDER.incarnation(), SenderKind.AGENT);
    assertThat(hear(beat(other, 1, 1_000, "http://h:1"))).isEqualTo(Hearing.FIRST);
    assertThat(table.row(SENDER)).isNegative();
    assertThat(hear(beat(SENDER, 2, 1_000, "http://h:1"))).isEqualTo(Hearing.FIRST);
    assertThat(table.row(other)).isNotEqualTo(table.row(SENDER));
  }

  @Test
  void aSlotThatBeginsLaterIsForgottenWithTheNextBeat() {
    hear(beat(SENDER, 1, 1_000, "http://h:1"));
    int row = table.row(DAC);
    table.expectFrom(row, 9_000);
    assertThat(table.silentFromMs(row)).isEqualTo(9_000);
    hear(beat(SENDER, 2, 1_000, "http://h:1"));
    assertThat(table.silentFromMs(row)).isEqualTo(2_000);
  }
}
