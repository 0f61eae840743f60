package holter.lab.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.detect.RestartTruth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The runner protocol against real processes. */
@Timeout(60)
final class RunnerServerTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final TruthLog truth = new TruthLog(new LabClock());
  private final Sleeper worker = new Sleeper();
  private final RunnerServer runner =
      new RunnerServer(
          name -> name.equals("dac-01") ? Optional.of(worker) : Optional.empty(), truth, true);
  private final HttpClient http = HttpClient.newHttpClient();

  /** A worker that is a sleeping process, and counts its lives. */
  private static final class Sleeper implements Ward {
    private Process process = sleep();
    private long incarnation = 1;

    private static Process sleep() {
      try {
        return new ProcessBuilder("sleep", "60").start();
      } catch (IOException failed) {
        throw new IllegalStateException(failed);
      }
    }

    @Override
    public String name() {
      return "dac-01";
    }

    @Override
    public synchronized Look look() {
      return process.isAlive()
          ? new Look(RestartTruth.HEALTHY, incarnation, "runs")
          : new Look(RestartTruth.EXITED, incarnation, "exit code " + process.exitValue());
    }

    @Override
    public synchronized void startAgain() {
      process.destroyForcibly();
      process = sleep();
      incarnation++;
    }

    synchronized void kill() throws InterruptedException {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    synchronized long incarnation() {
      return incarnation;
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    runner.close();
    worker.kill();
  }

  @Test
  void aDeadWorkerIsRestartedAndItsTruthIsTold() throws Exception {
    worker.kill();
    var answer = order("k1", "dac-01", 1, 1);
    assertThat(answer.path("done").asBoolean()).isTrue();
    assertThat(answer.path("truth").asText()).isEqualTo("exited");
    assertThat(answer.path("detail").asText()).isEqualTo("exit code 137");
    assertThat(worker.look().truth()).isEqualTo(RestartTruth.HEALTHY);
    assertThat(truth.restarts()).singleElement().matches(restart -> !restart.falseRestart());
  }

  @Test
  void aHealthyWorkerIsRestartedAsAskedAndThatIsAFalseRestart() throws Exception {
    var answer = order("k1", "dac-01", 1, 1);
    assertThat(answer.path("truth").asText()).isEqualTo("healthy");
    assertThat(worker.incarnation()).isEqualTo(2);
    assertThat(truth.restarts()).singleElement().matches(TruthLog.Restart::falseRestart);
  }

  @Test
  void anOrderForALifeThatIsOverDoesNothing() throws Exception {
    worker.startAgain();
    var answer = order("k1", "dac-01", 1, 1);
    assertThat(answer.path("done").asBoolean()).isFalse();
    assertThat(answer.path("detail").asText()).isEqualTo("runs incarnation 2");
    assertThat(worker.incarnation()).isEqualTo(2);
    assertThat(truth.restarts()).noneMatch(TruthLog.Restart::falseRestart);
  }

  @Test
  void aWorkerThatIsGoneIsRestartedWhateverLifeWasExpected() throws Exception {
    worker.startAgain();
    worker.kill();
    var answer = order("k1", "dac-01", 1, 1);
    assertThat(answer.path("done").asBoolean()).isTrue();
    assertThat(answer.path("truth").asText()).isEqualTo("exited");
    assertThat(worker.incarnation()).isEqualTo(3);
  }

  @Test
  void aRepeatedKeyGetsTheFirstAnswerAndRestartsNobody() throws Exception {
    worker.kill();
    var first = order("k1", "dac-01", 1, 1);
    var again = order("k1", "dac-01", 1, 1);
    assertThat(again).isEqualTo(first);
    assertThat(worker.incarnation()).isEqualTo(2);
    assertThat(truth.restarts()).hasSize(1);
  }

  @Test
  void anOlderLeaderIsRefused() throws Exception {
    worker.kill();
    order("k2", "dac-01", 1, 2);
    var refused = send("k3", "dac-01", 2, 1);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().path("detail").asText()).isEqualTo("leader epoch 1 is older than 2");
    assertThat(worker.incarnation()).isEqualTo(2);
  }

  @Test
  void anUnknownWorkerAndAnEmptyOrderAreTold() throws Exception {
    assertThat(send("k1", "dac-99", 1, 1).status()).isEqualTo(404);
    assertThat(send("", "dac-01", 1, 1).status()).isEqualTo(400);
  }

  @Test
  void aReaderThatWaitsHearsOfTheNextExit() throws Exception {
    var waiting =
        http.sendAsync(
            HttpRequest.newBuilder(URI.create(runner.url() + "/v1/exits?after=0"))
                .timeout(DEADLINE)
                .build(),
            BodyHandlers.ofString());
    runner.exited("dac-01", 3, 137, 1_675_332_341_431L);
    var told = new ObjectMapper().readTree(waiting.get(10, TimeUnit.SECONDS).body());
    assertThat(told.path("next").asLong()).isEqualTo(1);
    assertThat(told.at("/exits/0/instance").asText()).isEqualTo("dac-01");
    assertThat(told.at("/exits/0/incarnation").asLong()).isEqualTo(3);
    assertThat(told.at("/exits/0/exitCode").asInt()).isEqualTo(137);
  }

  @Test
  void aRunnerWithoutExitEventsSaysSo() throws Exception {
    try (var silent = new RunnerServer(name -> Optional.empty(), truth, false)) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(silent.url() + "/v1/exits?after=0")).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
    }
  }

  private record Reply(int status, JsonNode body) {}

  private JsonNode order(String key, String instance, long incarnation, long epoch)
      throws IOException, InterruptedException {
    var reply = send(key, instance, incarnation, epoch);
    assertThat(reply.status()).isEqualTo(200);
    return reply.body();
  }

  private Reply send(String key, String instance, long incarnation, long epoch)
      throws IOException, InterruptedException {
    var order = new ObjectMapper().createObjectNode();
    order.put("key", key).put("instance", instance).put("expectedIncarnation", incarnation);
    order.put("leaderEpoch", epoch).put("proof", "PORT_REFUSED").put("why", "nobody listens");
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(runner.url() + "/v1/restarts"))
                .timeout(DEADLINE)
                .POST(BodyPublishers.ofString(order.toString()))
                .build(),
            BodyHandlers.ofString());
    return new Reply(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
  }
}
