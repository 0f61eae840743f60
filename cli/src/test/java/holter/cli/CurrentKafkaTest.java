package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holter.cli.broker.OneBroker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The direct verbs against a current Kafka, which has dropped the calls of old clients. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class CurrentKafkaTest {
  @Test
  void checkProbeAndDiagnoseWorkOnKafkaFour() throws Exception {
    try (OneBroker broker = new OneBroker("4.4.0", List.of(), Map.of()).start()) {
      broker.createTopic("HeartBeat", 3);
      Said check = Said.by("check", "--bootstrap-server", broker.at());
      assertThat(check.exit()).as(check.out() + check.err()).isEqualTo(Exit.OK);
      Said probe =
          Said.by("probe", "-c", "3", "--deadline", "10s", "--bootstrap-server", broker.at());
      assertThat(probe.exit()).as(probe.out() + probe.err()).isEqualTo(Exit.OK);
      assertThat(probe.out()).contains("read back");
      Said diagnose = Said.by("diagnose", "--bootstrap-server", broker.at());
      assertThat(diagnose.exit()).as(diagnose.out() + diagnose.err()).isEqualTo(Exit.OK);
      Said wrong = Said.by("check", "--topic", "HeartBaet", "--bootstrap-server", broker.at());
      assertThat(wrong.exit()).isEqualTo(Exit.USAGE);
      assertThat(wrong.err()).hasLineCount(1).contains("--topic HeartBeat");
    }
  }
}
