package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import org.junit.jupiter.api.Test;

final class SampleTest {
  private final Sample sample = new Sample(4, 1001, 7, true, 1000);

  @Test
  void acknowledgedAndFetchedIsSeenWithBothTimesFromTheSend() {
    sample.handedOver();
    sample.acknowledged(42, 1012);
    assertThat(sample.ended()).isEmpty();
    sample.seen(1030);
    assertThat(sample.ended())
        .contains(new LaneSample(4, 1001, 7, 1000, 1030, new LaneOutcome.Seen(12, 30)));
  }

  @Test
  void acknowledgedAndNotFetchedIsAFrozenWatermarkOnlyIfTheLeaderAnsweredFetches() {
    sample.handedOver();
    sample.acknowledged(42, 1012);
    sample.notYetVisible();
    sample.expire("TIMEOUT", 3000);
    assertThat(outcome(sample)).isEqualTo(new LaneOutcome.AckedUnseen(12));
  }

  @Test
  void acknowledgedAndThenSilenceSaysNothingOfTheWatermark() {
    sample.handedOver();
    sample.acknowledged(42, 1012);
    sample.expire("TIMEOUT", 3000);
    assertThat(outcome(sample)).isEqualTo(new LaneOutcome.FetchSilent("TIMEOUT"));
  }

  @Test
  void absenceAtTheDeadlineIsAnOutcome() {
    sample.expire("CONNECT_TIMEOUT", 3000);
    assertThat(outcome(sample)).isEqualTo(new LaneOutcome.Unacked("CONNECT_TIMEOUT"));
  }

  @Test
  void aRefusalCountsOnlyForWhatHasNotBeenSent() {
    sample.handedOver();
    sample.refused("CONNECTION_REFUSED", 1001);
    assertThat(sample.ended()).isEmpty();
    var waiting = new Sample(4, 1001, 7, true, 1000);
    waiting.refused("CONNECTION_REFUSED", 1001);
    assertThat(outcome(waiting)).isEqualTo(new LaneOutcome.Refused("CONNECTION_REFUSED"));
  }

  @Test
  void theFirstOutcomeStands() {
    sample.voided("the partition has another leader", 1005);
    sample.acknowledged(42, 1012);
    sample.seen(1030);
    sample.expire("TIMEOUT", 3000);
    assertThat(outcome(sample))
        .isEqualTo(new LaneOutcome.Voided("the partition has another leader"));
  }

  @Test
  void aLaneThatOnlyFetchesNeverClaimsAWrite() {
    var fetching = new Sample(4, 1001, 7, false, 1000);
    fetching.handedOver();
    fetching.fetched(1009);
    assertThat(outcome(fetching)).isEqualTo(new LaneOutcome.Fetched(9));
    var silent = new Sample(4, 1001, 7, false, 1000);
    silent.expire("TIMEOUT", 3000);
    assertThat(outcome(silent)).isEqualTo(new LaneOutcome.FetchSilent("TIMEOUT"));
  }

  @Test
  void aLaneNeverFetchesBeyondTheWatermarkItKnows() {
    var lane = new Lane(4, 7);
    assertThat(lane.positionFor(42)).isEqualTo(42);
    lane.position(40);
    assertThat(lane.positionFor(42)).isEqualTo(40);
    lane.position(43);
    assertThat(lane.positionFor(42)).isEqualTo(42);
    lane.epoch(8, 2000);
    assertThat(lane.positionFor(42)).isEqualTo(42);
  }

  @Test
  void anotherEpochVoidsWhatIsUnderWay() {
    var lane = new Lane(4, 7);
    lane.add(sample);
    lane.epoch(7, 1500);
    assertThat(sample.ended()).isEmpty();
    lane.epoch(8, 1500);
    assertThat(outcome(sample)).isInstanceOf(LaneOutcome.Voided.class);
  }

  private static LaneOutcome outcome(Sample sample) {
    return sample.ended().orElseThrow().outcome();
  }
}
