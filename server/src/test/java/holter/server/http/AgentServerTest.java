package holter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holter.engine.Input;
import holter.server.directory.Directory;
import holter.server.directory.Registration;
import holter.server.directory.Route;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentServerTest {
  private static final String TOKEN = "a-token-of-enough-length";

  private final HttpClient http = HttpClient.newHttpClient();
  private CompletableFuture<Void> stored = CompletableFuture.completedFuture(null);
  private boolean behind;
  private AgentServer server;

  @BeforeEach
  void start() {
    Directory directory = new Directory(List.<Route>of(), route -> stored, () -> 1);
    server =
        AgentServer.start(
            "127.0.0.1:0",
            TOKEN,
            new AgentServer.Sink() {
              @Override
              public Directory.Outcome register(Registration registration) {
                return directory.apply(registration, "http");
              }

              @Override
              public Input beat(byte[] body) {
                return new String(body, StandardCharsets.UTF_8).equals("good")
                    ? new Input.ReadThrough(0, 1)
                    : new Input.Garbled(-1, -1, "no beat");
              }

              @Override
              public boolean tell(Input input) {
                return !behind;
              }
            });
  }

  @AfterEach
  void stop() {
    server.close();
    http.shutdownNow();
  }

  @Test
  void withoutTheTokenNothingIsTaken() throws Exception {
    assertThat(post("registrations", registration("dac-1", 1), "Bearer wrong").statusCode())
        .isEqualTo(401);
    assertThat(post("beats", "good", "").statusCode()).isEqualTo(401);
  }

  @Test
  void registrationsAreAnsweredAsTheWireHasThem() throws Exception {
    assertThat(post("registrations", registration("dac-1", 1)).body())
        .isEqualTo("{\"applied\":true,\"routeEpoch\":1}");
    assertThat(post("registrations", registration("dac-1", 1)).body())
        .isEqualTo(
            "{\"applied\":false,\"why\":\"duplicate\",\"routeEpoch\":1,\"owner\":\"dac-1\"}");
    assertThat(post("registrations", registration("dac-2", 2)).body())
        .isEqualTo("{\"applied\":true,\"routeEpoch\":2}");
    assertThat(post("registrations", registration("dac-1", 1)).body())
        .isEqualTo("{\"applied\":false,\"why\":\"stale\",\"routeEpoch\":2,\"owner\":\"dac-2\"}");
  }

  @Test
  void aRegistrationIsNotAcknowledgedBeforeItIsOnDisk() throws Exception {
    stored = new CompletableFuture<>();
    assertThat(post("registrations", registration("dac-1", 1)).statusCode()).isEqualTo(503);
  }

  @Test
  void garbledOnesAreRefusedWithTheReason() throws Exception {
    HttpResponse<String> answer = post("registrations", "{\"kind\":\"beat\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("kind is not registration");
    assertThat(post("beats", "bad").statusCode()).isEqualTo(400);
  }

  @Test
  void beatsAreTakenUnlessTheLoopIsBehind() throws Exception {
    assertThat(post("beats", "good").statusCode()).isEqualTo(202);
    behind = true;
    assertThat(post("beats", "good").statusCode()).isEqualTo(503);
  }

  @Test
  void aPortInUseIsOneLine() {
    String taken = server.url().substring("http://".length());
    assertThatThrownBy(() -> AgentServer.start(taken, TOKEN, new AgentServerTestSink()))
        .isInstanceOf(PortTaken.class)
        .hasMessageStartingWith("listen.agents " + taken + " cannot be listened on; the port is")
        .hasMessageNotContaining("\n");
  }

  private static final class AgentServerTestSink implements AgentServer.Sink {
    @Override
    public Directory.Outcome register(Registration registration) {
      return new Directory.Outcome.Full();
    }

    @Override
    public Input beat(byte[] body) {
      return new Input.Garbled(-1, -1, "");
    }

    @Override
    public boolean tell(Input input) {
      return false;
    }
  }

  private static String registration(String instance, long session) {
    return "{\"v\":1,\"kind\":\"registration\",\"dtu\":\"d\",\"instance\":\""
        + instance
        + "\",\"incarnation\":{\"n\":1,\"boot\":\"b\"},\"seq\":1,\"sessionEpoch\":"
        + session
        + ",\"address\":\"h:1\",\"state\":\"up\",\"announcedWallMs\":1}";
  }

  private HttpResponse<String> post(String what, String body) throws Exception {
    return post(what, body, "Bearer " + TOKEN);
  }

  private HttpResponse<String> post(String what, String body, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/agent/v1/" + what))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
