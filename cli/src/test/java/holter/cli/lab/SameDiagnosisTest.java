package holter.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.run.LabRun;
import holter.lab.run.ResultText;
import holter.lab.run.RunOptions;
import holter.lab.scenario.ScenarioReader;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs on real brokers: the same causes by the same name on old and new Kafka. */
@Tag("slow")
final class SameDiagnosisTest {
  @ParameterizedTest
  @CsvSource({
    "incident, 0.10.1.1", "incident, 3.9.2", "incident, 4.4.0",
    "broker-frozen, 0.10.1.1", "broker-frozen, 3.9.2", "broker-frozen, 4.4.0",
    "broker-dead, 0.10.1.1", "broker-dead, 3.9.2", "broker-dead, 4.4.0",
    "client-network, 3.9.2", "worker-dead, 3.9.2", "calm, 3.9.2"
  })
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void theScenarioMeetsEveryExpectation(String scenario, String version) throws Exception {
    QuietLogs.set();
    var options = new RunOptions(version, OptionalLong.empty(), null, null, null, "en");
    var result =
        new LabRun(ScenarioReader.find(scenario), options, System.err::println)
            .run(LabRun.Audience.NOBODY);
    assertThat(result.passed()).as(ResultText.of(result)).isTrue();
  }
}
