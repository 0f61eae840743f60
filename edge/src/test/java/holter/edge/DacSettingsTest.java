package holter.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DacSettingsTest {
  private static final String[] LEAST = {
    "--instance", "dac-1", "--bootstrap", "b:1", "--state-dir", "/s"
  };

  @TempDir Path dir;

  private static String[] with(String... more) {
    String[] all = java.util.Arrays.copyOf(LEAST, LEAST.length + more.length);
    System.arraycopy(more, 0, all, LEAST.length, more.length);
    return all;
  }

  @Test
  void theDefaultsAreThese() {
    assertThat(DacSettings.KEYS)
        .containsEntry("topic", "HeartBeat")
        .containsEntry("registry-topic", "Registry")
        .containsEntry("interval", "1s")
        .containsEntry("bind", "127.0.0.1")
        .containsEntry("dtu-port", "0")
        .containsEntry("answer-port", "0")
        .hasSize(14);
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file = dir.resolve("dac.properties");
    Files.writeString(file, "topic=file\nregistry-topic=file\ninterval=7s\n");
    var environment = Map.of("HOLTER_DAC_TOPIC", "env", "HOLTER_DAC_REGISTRY_TOPIC", "env");
    var settings =
        DacSettings.read(with("--config", file.toString(), "--topic", "line"), environment);
    var config = settings.agent(() -> 0);
    assertThat(config.channel().beatTopic()).isEqualTo("line");
    assertThat(config.channel().registryTopic()).isEqualTo("env");
    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void severalOrchestratorsAreToldWithCommasBetween() {
    var config =
        DacSettings.read(
                with("--orchestrator", "http://ops:4659, http://ops2:4659", "--token", "t"),
                Map.of())
            .agent(() -> 0);
    assertThat(config.orchestrator())
        .isNotNull()
        .extracting(both -> both.urls().stream().map(URI::getHost).toList())
        .isEqualTo(List.of("ops", "ops2"));
  }

  @Test
  void clientPropertiesAreHandedOn() {
    var config =
        DacSettings.read(with("--client.security.protocol", "SSL"), Map.of()).agent(() -> 0);
    assertThat(config.channel().clientProperties()).containsEntry("security.protocol", "SSL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--intervall | 1s | unknown setting 'intervall'",
        "--interval | soon | 'interval' = 'soon' is not usable",
        "--interval | 5ms | interval",
        "--dtu-port | 70000 | 'dtu-port' = '70000' is not usable",
        "--orchestrator | ftp://x | orchestrator.url",
        "--config | /no/such/file | cannot be read",
        "stray | x | is not --key value"
      })
  void aMistakeIsNamedInOneLine(String key, String value, String message) {
    assertThatThrownBy(
            () -> {
              var settings = DacSettings.read(with(key, value), Map.of());
              settings.agent(() -> settings.dtuPort());
              settings.dtuPort();
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aMissingSettingIsNamed() {
    assertThatThrownBy(() -> DacSettings.read(new String[] {"--instance", "dac-1"}, Map.of()))
        .hasMessageContaining("'bootstrap' is missing");
  }
}
