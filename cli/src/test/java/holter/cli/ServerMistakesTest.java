package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code holter server} prints when it cannot start: all of it, log lines included. */
@Timeout(120)
final class ServerMistakesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'api: \"127.0.0.1:%s\"', listen.api",
    "'api: \"127.0.0.1:0\", agents: \"127.0.0.1:%s\", token: a-token-of-enough-length',"
        + " listen.agents"
  })
  void aPortInUseIsOneLineThatNamesTheKey(String listen, String key) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused("kafka: { bootstrapServers: [k:1] }", listen.formatted(taken.getLocalPort()))
          .startsWith("error: " + key)
          .contains("the port is in use")
          .contains("set " + key + " to another address");
    }
  }

  @Test
  void anUnknownKeyIsOneLineWithItsPlaceAndWhatWasMeant() throws Exception {
    refused("kafka: { bootstrapServer: [k:1] }", "api: \"127.0.0.1:0\"")
        .contains("holter.yaml:2:10: unknown key \"kafka.bootstrapServer\"")
        .contains("did you mean \"bootstrapServers\"?");
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocol=NONSENSE, NONSENSE",
    "'security.protocol=SASL_SSL', JAAS",
    "'security.protocol=SSL\nssl.truststore.location=/no/such/store', /no/such/store"
  })
  void clientPropertiesThatNoClientTakesAreOneLine(String properties, String says)
      throws Exception {
    Path file = Files.writeString(folder.resolve("client.properties"), properties);
    refused(
            "kafka: { bootstrapServers: [k:1], commandConfig: \"%s\" }".formatted(file),
            "api: \"127.0.0.1:0\"")
        .startsWith("error: kafka.commandConfig " + file + " cannot be used; ")
        .contains(says);
  }

  private org.assertj.core.api.AbstractStringAssert<?> refused(String kafka, String listen)
      throws IOException, InterruptedException {
    Path yaml =
        Files.writeString(
            folder.resolve("holter.yaml"),
            "cluster: x\n%s\nlisten: { %s }\nstore: { url: \"jdbc:sqlite:%s\" }\n"
                .formatted(kafka, listen, folder.resolve("holter.db")));
    Said said = HolterProcess.start(folder, "server", "-c", yaml.toString()).ended();
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.out()).isEmpty();
    List<String> lines = said.err().lines().toList();
    assertThat(lines).hasSize(1);
    return assertThat(lines.getFirst());
  }
}
