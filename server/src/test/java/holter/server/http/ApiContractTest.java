package holter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import holter.engine.Input;
import holter.fleet.InstanceId;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds openapi.yaml and the API against each other. */
class ApiContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SampleDesk desk = new SampleDesk();
  private final Feed feed = new Feed(3);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> asked = new TreeSet<>();
  private JsonNode contract;
  private ApiServer api;

  @BeforeEach
  void start() throws IOException {
    try (InputStream in = ApiContractTest.class.getResourceAsStream("/openapi.yaml")) {
      contract = new YAMLMapper().readTree(Objects.requireNonNull(in));
    }
    api = ApiServer.start("127.0.0.1:0", desk, feed, new Metrics(desk::view, desk.about()));
  }

  @AfterEach
  void stop() {
    api.close();
    desk.remedies.close();
    http.shutdownNow();
  }

  @Test
  void everyDocumentedCallAnswersAsDocumented() throws Exception {
    for (Map.Entry<String, JsonNode> path : contract.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
        if (!call.getValue().path("operationId").asText().equals("stream")) {
          check(call.getKey(), path.getKey(), url(path.getKey()), body(path.getKey()), true);
        }
      }
    }
    assertThat(asked).hasSizeGreaterThan(22);
  }

  @ParameterizedTest
  @CsvSource({
    "get, /api/v1/instances/{id}, /api/v1/instances/none, 404",
    "get, /api/v1/instances, /api/v1/instances?verdict=sleepy, 400",
    "get, /api/v1/incidents/{id}, /api/v1/incidents/inc-9999, 404",
    "get, /api/v1/incidents/{id}/report.md, /api/v1/incidents/inc-9999/report.md, 404",
    "get, /api/v1/incidents/{id}/report.html, /api/v1/incidents/inc-9999/report.html, 404",
    "get, /api/v1/audit, /api/v1/audit?limit=0, 400",
    "get, /api/v1/audit, /api/v1/audit?limit=many, 400",
    "get, /api/v1/dtus/{id}, /api/v1/dtus/none, 404",
    "delete, /api/v1/instances/{id}, /api/v1/instances/none, 404",
    "post, /api/v1/instances/{id}/planned, /api/v1/instances/none/planned, 404",
    "post, /api/v1/instances/{id}/release, /api/v1/instances/none/release, 404",
    "get, /api/v1/remedies/{id}, /api/v1/remedies/none, 404",
    "post, /api/v1/remedies/{id}/apply, /api/v1/remedies/none/apply, 404",
    "post, /api/v1/remedies/{id}/undo, /api/v1/remedies/none/undo, 404",
  })
  void aMistakeIsAProblemAsDocumented(String method, String path, String url, int status)
      throws Exception {
    HttpResponse<String> answer = check(method, path, url, body(path), true);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\\n\\tat");
  }

  @Test
  void writingNeedsTheHeader() throws Exception {
    HttpResponse<String> answer =
        check("delete", "/api/v1/instances/{id}", "/api/v1/instances/dac-07", "", false);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(desk.told).isEmpty();
  }

  @Test
  void whatIsWrittenReachesTheEngine() throws Exception {
    check("delete", "/api/v1/instances/{id}", "/api/v1/instances/dac-07", "", true);
    String planned = "/api/v1/instances/{id}/planned";
    check("post", planned, "/api/v1/instances/dac-07/planned", "{\"forMs\":60000}", true);
    String release = "/api/v1/instances/{id}/release";
    check("post", release, "/api/v1/instances/dac-07/release", "", true);
    check("post", "/api/v1/breaker/close", "/api/v1/breaker/close", "", true);
    assertThat(desk.told)
        .containsExactly(
            new Input.Forgotten(new InstanceId("dac-07")),
            new Input.Planned(new InstanceId("dac-07"), 60_000),
            new Input.Released(new InstanceId("dac-07")),
            new Input.BreakerClosed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"{\"forMs\":1}", "{\"forMs\":\"soon\"}", "{}", "[", "{\"forMs\":2000,\"x\":1}"})
  void aNonsensePlanIsRefused(String body) throws Exception {
    String planned = "/api/v1/instances/{id}/planned";
    assertThat(check("post", planned, "/api/v1/instances/dac-07/planned", body, true).statusCode())
        .isEqualTo(400);
    assertThat(desk.told).isEmpty();
  }

  @Test
  void anEngineThatIsBehindIsTold() throws Exception {
    desk.full = true;
    assertThat(
            check("delete", "/api/v1/instances/{id}", "/api/v1/instances/dac-07", "", true)
                .statusCode())
        .isEqualTo(503);
  }

  @Test
  void aFailedLoopMakesHealthFail() throws Exception {
    desk.status = "failed";
    assertThat(check("get", "/healthz", "/healthz", "", true).statusCode()).isEqualTo(503);
    desk.status = "degraded";
    assertThat(check("get", "/healthz", "/healthz", "", true).statusCode()).isEqualTo(200);
  }

  @Test
  void whereNothingIsAProblemSaysWhereToLook() throws Exception {
    HttpResponse<String> answer = send("get", "/api/v1/nowhere", "", true);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("/api/openapi.yaml");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    HttpResponse<String> answer =
        send("post", "/api/v1/instances/dac-07/planned", "x".repeat(100_000), true);
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void everyTextSpeaksTheLanguageAskedFor() throws Exception {
    assertThat(send("get", "/api/v1/instances/savoir-1?lang=zh", "", true).body())
        .contains("沉默落在故障分区上");
    assertThat(send("get", "/api/v1/instances/savoir-1?lang=tlh", "", true).statusCode())
        .isEqualTo(400);
  }

  private HttpResponse<String> check(
      String method, String path, String url, String body, boolean header) throws Exception {
    HttpResponse<String> answer = send(method, url, body, header);
    asked.add(method + " " + path);
    JsonNode responses = contract.path("paths").path(path).path(method).path("responses");
    JsonNode response = responses.path(Integer.toString(answer.statusCode()));
    assertThat(response.isMissingNode())
        .as("%s %s answers %s %s", method, url, answer.statusCode(), answer.body())
        .isFalse();
    if (response.has("$ref")) {
      response = contract.at(response.path("$ref").asText().substring(1));
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    JsonNode media = response.path("content").path(type);
    assertThat(media.isMissingNode()).as("%s %s is %s", method, url, type).isFalse();
    if (type.endsWith("json")) {
      valid(media.path("schema"), answer.body(), url);
    }
    return answer;
  }

  private void valid(JsonNode schema, String body, String url) throws IOException {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", contract.path("components"));
    var errors =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JSON.writeValueAsString(whole), InputFormat.JSON)
            .validate(body, InputFormat.JSON);
    assertThat(errors).as("%s: %s", url, body).isEmpty();
  }

  private HttpResponse<String> send(String method, String url, String body, boolean header)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api.url() + url))
            .timeout(Duration.ofSeconds(20))
            .method(
                method.toUpperCase(java.util.Locale.ROOT),
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (header) {
      request.header("X-Holter", "1");
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "rebound.example:4658, 403",
    "rebound.example, 403",
    "127.0.0.1:4658, 202",
    "[::1]:4658, 202",
    "localhost, 202"
  })
  void aPageWhoseNameWasMadeToPointHereWritesNothing(String host, int status) throws Exception {
    URI own = URI.create(api.url());
    try (var socket = new Socket(own.getHost(), own.getPort())) {
      List<String> lines =
          List.of(
              "POST /api/v1/breaker/close HTTP/1.1",
              "Host: " + host,
              "X-Holter: 1",
              "Content-Length: 0",
              "Connection: close",
              "",
              "");
      String request = String.join("\r\n", lines);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 " + status);
    }
  }

  private String url(String path) {
    String id =
        path.contains("incidents")
            ? "inc-0001"
            : path.contains("dtus")
                ? "a1b2"
                : path.contains("remedies") ? desk.remedies.plan().id() : "dac-07";
    return path.replace("{id}", id);
  }

  private String body(String path) {
    boolean consents = path.endsWith("/apply") || path.endsWith("/undo");
    return path.endsWith("/planned")
        ? "{\"forMs\":600000}"
        : consents ? "{\"hash\":\"" + desk.remedies.plan().hash() + "\"}" : "";
  }

  @Test
  void everyReferenceInTheContractLeadsSomewhere() {
    Iterator<JsonNode> references = contract.findValues("$ref").iterator();
    references.forEachRemaining(
        reference ->
            assertThat(contract.at(reference.asText().substring(1)).isMissingNode())
                .as(reference.asText())
                .isFalse());
  }
}
