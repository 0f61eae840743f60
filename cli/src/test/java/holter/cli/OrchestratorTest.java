package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.cli.broker.Beats;
import holter.cli.broker.OneBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The orchestrator as a process of its own, with one real broker, through bad times. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class OrchestratorTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READY = "holter server ready: api ";

  @TempDir Path folder;
  private OneBroker broker;
  private ServerTwin runner;
  private Optional<Process> server = Optional.empty();
  private String api = "";

  @BeforeEach
  void prepare() throws IOException {
    broker = new OneBroker("3.9.2", List.of(), Map.of());
    runner = new ServerTwin();
    runner.answers("/v1/restarts", 200, "{\"done\":true,\"truth\":\"healthy\",\"detail\":\"\"}");
    Files.writeString(
        folder.resolve("holter.yaml"),
        """
        cluster: one
        kafka: { bootstrapServers: ["%s"] }
        heartbeat: { groups: [{ name: foreign, from: key, interval: 2s }] }
        runner: { kind: webhook, url: "%s", exitEvents: false }
        listen: { api: "127.0.0.1:0" }
        store: { url: "jdbc:sqlite:%s" }
        """
            .formatted(broker.at(), runner.url(), folder.resolve("holter.db")));
  }

  @AfterEach
  void end() {
    server.ifPresent(Process::destroyForcibly);
    runner.close();
    broker.close();
  }

  @Test
  void noBadTimeMakesItRestartAnybodyOrLoseAnIncident() throws Exception {
    serve();
    assertThat(ask("/healthz").toString()).contains("no answer from " + broker.at() + " yet");

    broker.start();
    broker.createTopic("HeartBeat", 3);
    try (Beats beats = new Beats(broker.at(), "HeartBeat", List.of("w-0", "w-1", "w-2"))) {
      beats.fromTheFuture("w-2");
      beats.garbage();
      everybodyIsAlive();
      assertThat(Said.by("get", "instances", "--server", api).out()).contains("w-0", "w-1", "w-2");
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(garbled()).as("counted, never fatal").isPositive());
      assertThat(ask("/healthz").path("status").asText()).isEqualTo("ok");

      broker.freeze();
      await().atMost(LIMIT).until(() -> !ask("/api/v1/incidents").path("items").isEmpty());
      String incident = ask("/api/v1/incidents").path("items").get(0).path("id").asText();
      server.orElseThrow().destroyForcibly().waitFor();
      serve();
      assertThat(ask("/api/v1/incidents").path("items").get(0).path("id").asText())
          .isEqualTo(incident);
      broker.thaw();
      everybodyIsAlive();
    }
    assertThat(runner.asked).as("restarts ordered").isEmpty();
  }

  private void everybodyIsAlive() {
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        StreamSupport.stream(
                                ask("/api/v1/instances").path("items").spliterator(), false)
                            .filter(item -> item.path("verdict").asText().equals("alive"))
                            .map(item -> item.path("id").asText()))
                    .contains("w-0", "w-1", "w-2"));
  }

  private double garbled() {
    return Said.text(api + "/metrics")
        .lines()
        .filter(line -> line.startsWith("holter_beats_garbled_total "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  private JsonNode ask(String path) throws IOException {
    return JSON.readTree(Said.text(api + path));
  }

  /** Starts it and waits for the line that says that it is ready. */
  private void serve() throws IOException {
    HolterProcess started =
        HolterProcess.start(folder, "server", "-c", folder.resolve("holter.yaml").toString());
    server = Optional.of(started.process());
    Path out = started.out();
    await().atMost(LIMIT).until(() -> Files.readString(out).startsWith(READY));
    api = Files.readString(out).substring(READY.length()).split(",", 2)[0];
  }
}
