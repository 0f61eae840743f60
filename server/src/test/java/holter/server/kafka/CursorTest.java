package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CursorTest {
  private final Cursor cursor = new Cursor(3, 100);

  @Test
  void readingBeginsALittleBeforeTheEnd() {
    cursor.own(1);
    assertThat(cursor.wants(1, 0)).isEqualTo(Cursor.Want.END);
    cursor.ends(1, 1000);
    assertThat(cursor.next()).isEqualTo(900);
    assertThat(cursor.liveFrom()).isEqualTo(1000);
  }

  @Test
  void aPositionThatIsNoLongerThereGoesToTheBeginning() {
    begun(1000);
    cursor.outOfRange(1);
    cursor.ends(1, 1000);
    assertThat(cursor.wants(1, 0)).isEqualTo(Cursor.Want.BEGINNING);
    cursor.begins(1, 950);
    assertThat(cursor.next()).isEqualTo(950);
  }

  @Test
  void aLogThatWasCutIsReadOnFromItsNewEnd() {
    begun(1000);
    cursor.advance(1005);
    cursor.outOfRange(1);
    cursor.ends(1, 990);
    assertThat(cursor.next()).isEqualTo(990);
    assertThat(cursor.wants(1, 0)).isEqualTo(Cursor.Want.RECORDS);
  }

  @Test
  void aLateAnswerToAFormerOwnerChangesNothing() {
    begun(1000);
    long asked = cursor.next();
    cursor.own(2);
    assertThat(cursor.takes(1, asked)).isFalse();
    assertThat(cursor.takes(2, asked)).isTrue();
    assertThat(cursor.wants(1, 0)).isNull();
  }

  @Test
  void barriersNeverGoBackAndDoNotCrowd() {
    assertThat(cursor.proves(5000, 50)).isTrue();
    assertThat(cursor.proves(4000, 50)).isFalse();
    assertThat(cursor.proves(5049, 50)).isFalse();
    assertThat(cursor.proves(5050, 50)).isTrue();
  }

  @Test
  void anErrorRestsThePartitionUntilAnotherLeaderTakesIt() {
    begun(1000);
    cursor.rest(500);
    assertThat(cursor.wants(1, 499)).isNull();
    assertThat(cursor.wants(1, 500)).isEqualTo(Cursor.Want.RECORDS);
    cursor.rest(900);
    cursor.own(2);
    assertThat(cursor.wants(2, 501)).isEqualTo(Cursor.Want.RECORDS);
  }

  private void begun(long end) {
    cursor.own(1);
    cursor.ends(1, end);
  }
}
