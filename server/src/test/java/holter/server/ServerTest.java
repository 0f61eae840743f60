package holter.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holter.server.config.ConfigFile;
import holter.server.config.HolterConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole server without a Kafka: everything that must work when the channel is away. */
@Timeout(90)
class ServerTest {
  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.shutdownNow();
  }

  @Test
  void withoutKafkaItStartsAnswersAndSaysWhatIsMissing() throws Exception {
    try (Server server = Server.start(config("127.0.0.1:0"))) {
      HttpResponse<String> health = get(server, "/healthz");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).contains("\"degraded\"").contains("no answer from 127.0.0.1:1 yet");
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
      assertThat(get(server, "/metrics").body())
          .contains("holter_store_up 1.0")
          .contains("holter_build_info{version=")
          .contains("holter_restarts_total{truth=\"healthy\"} 0.0");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> get(server, "/api/v1/status").body().contains("\"leading\":true"));
    }
  }

  @Test
  void whoProbesFromElsewhereSeesHealthAndMetricsAndNothingElse() throws Exception {
    String more = "listen: { probes: \"127.0.0.1:0\",";
    Path file =
        Files.writeString(
            dir.resolve("probed.yaml"), yaml("127.0.0.1:0").replace("listen: {", more));
    try (Server server = Server.start(ConfigFile.read(file))) {
      String url = server.probesUrl();
      assertThat(body(url + "/healthz")).contains("\"degraded\"");
      assertThat(body(url + "/metrics")).contains("holter_store_up 1.0");
      assertThat(body(url + "/readyz")).contains("\"starting\"");
      assertThat(body(url + "/api/v1/instances")).contains("\"status\":404");
    }
  }

  private String body(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void aRestartIsANewLeaderEpoch() throws Exception {
    try (Server first = Server.start(config("127.0.0.1:0"))) {
      assertThat(get(first, "/api/v1/status").body()).contains("\"leaderEpoch\":1");
    }
    try (Server second = Server.start(config("127.0.0.1:0"))) {
      assertThat(get(second, "/api/v1/status").body()).contains("\"leaderEpoch\":2");
    }
  }

  @Test
  void aRegistrationByHttpIsInTheDirectoryAlsoAfterARestart() throws Exception {
    try (Server server = Server.start(config("127.0.0.1:0"))) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.agentsUrl() + "/agent/v1/registrations"))
              .header("Authorization", "Bearer a-token-of-enough-length")
              .timeout(Duration.ofSeconds(20))
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      """
                      {"kind":"registration","dtu":"a1","instance":"dac-07",
                       "incarnation":{"n":3,"boot":"5f"},"seq":17,"sessionEpoch":16,
                       "address":"iota-n2:7400","state":"up","announcedWallMs":5}
                      """))
              .build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      assertThat(get(server, "/api/v1/dtus/a1").body()).contains("\"instance\":\"dac-07\"");
    }
    try (Server again = Server.start(config("127.0.0.1:0"))) {
      assertThat(get(again, "/api/v1/dtus/a1").body()).contains("\"routeEpoch\":1");
    }
  }

  @Test
  void aPortInUseIsOneLineAndFreesTheStore() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Server.start(config("127.0.0.1:" + taken.getLocalPort())))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("the port is in use")
          .hasMessageNotContaining("\n");
    }
    Server.start(config("127.0.0.1:0")).close();
  }

  @Test
  void aDamagedStoreEndsTheStartWithOneLineAndCodeTwo() throws Exception {
    Files.writeString(dir.resolve("holter.db"), "no database".repeat(1_000));
    Path file = Files.writeString(dir.resolve("holter.yaml"), yaml("127.0.0.1:0"));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = ServerMain.run(file, System.out, new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines().toList())
        .singleElement()
        .asString()
        .startsWith("error: store ")
        .contains("damaged or no SQLite file");
  }

  @Test
  void aMistakeInTheConfigurationEndsTheStartWithOneLineAndCodeTwo() throws Exception {
    Path file = Files.writeString(dir.resolve("holter.yaml"), "cluster: x\nkafak: {}\n");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = ServerMain.run(file, System.out, new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines().toList())
        .singleElement()
        .asString()
        .isEqualTo("error: holter.yaml:2:1: unknown key \"kafak\"; did you mean \"kafka\"?");
  }

  private HttpResponse<String> get(Server server, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.apiUrl() + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HolterConfig config(String api) throws IOException {
    return ConfigFile.read(Files.writeString(dir.resolve("holter.yaml"), yaml(api)));
  }

  private String yaml(String api) {
    return """
    cluster: incident
    kafka: { bootstrapServers: ["127.0.0.1:1"] }
    listen: { api: "%s", agents: "127.0.0.1:0", token: a-token-of-enough-length }
    store: { url: "jdbc:sqlite:%s" }
    """
        .formatted(api, dir.resolve("holter.db"));
  }
}
