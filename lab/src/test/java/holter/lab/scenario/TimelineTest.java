package holter.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {
  private static final Fault KILL = new Fault.Instance("dac-01", Fault.Deed.KILL);
  private static final Fault STOP = new Fault.Broker(1001, Fault.Deed.STOP);

  @Test
  void nothingIsDueBeforeItsTimeAndNothingTwice() {
    var timeline = new Timeline(List.of(at(5, 9, STOP)));
    assertThat(timeline.due(seconds(4))).isEmpty();
    assertThat(timeline.next()).contains(seconds(5));
    assertThat(timeline.due(seconds(5)))
        .extracting(Timeline.Moment::edge)
        .containsExactly(Timeline.Edge.BEGIN);
    assertThat(timeline.due(seconds(6))).isEmpty();
  }

  @Test
  void aLateLoopGetsEveryMomentInOrder() {
    var timeline = new Timeline(List.of(at(5, 9, STOP), at(1, -1, KILL)));
    assertThat(timeline.due(seconds(60)))
        .extracting(moment -> moment.at().toSeconds())
        .containsExactly(1L, 5L, 9L);
    assertThat(timeline.next()).isEmpty();
  }

  @Test
  void anEndComesBeforeABeginningOfTheSameMoment() {
    var timeline = new Timeline(List.of(at(9, 12, STOP), at(5, 9, STOP)));
    assertThat(timeline.due(seconds(9)))
        .extracting(Timeline.Moment::edge)
        .containsExactly(Timeline.Edge.BEGIN, Timeline.Edge.END, Timeline.Edge.BEGIN);
  }

  private static Injection at(int from, int until, Fault fault) {
    return new Injection(seconds(from), until < 0 ? null : seconds(until), fault);
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }
}
