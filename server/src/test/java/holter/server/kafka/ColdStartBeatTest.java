package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import holter.engine.Input;
import holter.fleet.SendResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColdStartBeatTest {
  @Test
  void resultsFromBeforeThePartitionsWereKnownDoNotGarbleTheBeat() {
    String beat =
        """
        {"v":1,"kind":"beat","instance":"dac-07","incarnation":{"n":3,"boot":"5f"},"seq":2,
         "intervalMs":1000,"partition":0,"partitions":3,"sentWallMs":5,"sentMonoMs":5,
         "results":[{"p":-1,"seq":1,"error":"METADATA"},{"p":0,"seq":2,"ackMs":7}],
         "work":-1,"planned":false,"answerAt":"","host":"h"}
        """;
    Input input =
        new BeatMapping(List.of(), () -> 1_000).mapHttp(beat.getBytes(StandardCharsets.UTF_8));
    assertThat(input).isInstanceOf(Input.Heard.class);
    assertThat(((Input.Heard) input).beat().results()).containsExactly(new SendResult(0, 2, 7, ""));
  }
}
