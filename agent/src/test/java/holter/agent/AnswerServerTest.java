package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path dir;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private AgentConfig config(String bootstrap) {
    return AgentConfig.of("dac-1", bootstrap, dir)
        .withHost("127.0.0.1")
        .withInterval(Duration.ofMillis(100))
        .answeringOn("127.0.0.1", 0);
  }

  private HolterAgent start(AgentConfig config) {
    var agent = HolterAgent.start(config, new Notices(line -> {}));
    open.add(agent);
    return agent;
  }

  private static Map<String, Object> ask(HolterAgent agent) throws IOException {
    var call =
        (HttpURLConnection) URI.create(agent.answerAt() + "/answer").toURL().openConnection();
    call.setConnectTimeout(5000);
    call.setReadTimeout(5000);
    try (var in = call.getInputStream()) {
      return JsonReader.object(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static long number(Map<String, Object> answer, String key) {
    return answer.get(key) instanceof Long value ? value : Long.MIN_VALUE;
  }

  @Test
  void anAnswerTellsTheLifeTheBeatAndTheChannel() throws IOException {
    var cluster = new FakeCluster(2).topic("HeartBeat", 2);
    open.add(cluster);
    var agent = start(config(cluster.bootstrap()).withWork(() -> 77));
    await().atMost(PATIENCE).until(() -> "ok".equals(ask(agent).get("kafka")));
    var answer = ask(agent);
    assertThat(answer).containsEntry("instance", "dac-1").containsEntry("work", 77L);
    assertThat(number(answer, "seq")).isPositive();
    assertThat(number(answer, "lastAckAgeMs")).isNotNegative();
    assertThat(answer.get("incarnation"))
        .isEqualTo(Map.of("n", agent.incarnation().n(), "boot", agent.incarnation().boot()));
  }

  @Test
  void aHungBeatLoopShowsAsAGrowingAge() throws IOException {
    var released = new CountDownLatch(1);
    var hung = new CountDownLatch(3);
    open.add(released::countDown);
    var agent =
        start(
            config("127.0.0.1:1")
                .withWork(
                    () -> {
                      hung.countDown();
                      try {
                        if (hung.getCount() == 0) {
                          released.await();
                        }
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return 1;
                    }));
    await().atMost(PATIENCE).until(() -> number(ask(agent), "beatAgeMs") > 500);
    var first = ask(agent);
    await()
        .atMost(PATIENCE)
        .until(() -> number(ask(agent), "beatAgeMs") > number(first, "beatAgeMs") + 500);
    assertThat(number(ask(agent), "seq")).isEqualTo(number(first, "seq"));
    released.countDown();
    await().atMost(PATIENCE).until(() -> number(ask(agent), "seq") > number(first, "seq") + 2);
  }

  @Test
  void itAnswersWhileKafkaHangs() throws IOException {
    var cluster = new FakeCluster(1).topic("HeartBeat", 1);
    open.add(cluster);
    cluster.mode(0, FakeCluster.Mode.SILENT);
    var agent = start(config(cluster.bootstrap()));
    await().atMost(PATIENCE).until(() -> "down".equals(ask(agent).get("kafka")));
    assertThat(ask(agent)).containsEntry("lastAckAgeMs", -1L);
  }

  @Test
  void callersThatSayNothingDoNotKeepOthersFromAnAnswer() throws IOException {
    var agent = start(config("127.0.0.1:1"));
    int port = URI.create(agent.answerAt()).getPort();
    for (int i = 0; i < 40; i++) {
      var silent = new Socket(InetAddress.getLoopbackAddress(), port);
      open.add(silent);
      silent.getOutputStream().write("GET /ans".getBytes(StandardCharsets.US_ASCII));
    }
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> number(ask(agent), "seq") > 0);
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws IOException {
    var agent = start(config("127.0.0.1:1"));
    var root = (HttpURLConnection) URI.create(agent.answerAt() + "/").toURL().openConnection();
    assertThat(root.getResponseCode()).isEqualTo(404);
    var post =
        (HttpURLConnection) URI.create(agent.answerAt() + "/answer").toURL().openConnection();
    post.setRequestMethod("POST");
    assertThat(post.getResponseCode()).isEqualTo(405);
  }

  private static int announce(HolterAgent agent) throws IOException {
    var call =
        (HttpURLConnection) URI.create(agent.answerAt() + "/announce").toURL().openConnection();
    call.setRequestMethod("POST");
    return call.getResponseCode();
  }

  @Test
  void whoIsAskedToAnnounceSendsWhatItHoldsAgainByBothWays() throws IOException {
    var cluster = new FakeCluster(1).topic("HeartBeat", 1).topic("Registry", 1);
    open.add(cluster);
    var directory = new FakeDirectory();
    open.add(directory);
    var agent =
        start(
            config(cluster.bootstrap())
                .withOrchestrator(directory.url(), FakeDirectory.TOKEN)
                .withRegistering(
                    new AgentConfig.Registering(Duration.ofHours(1), Duration.ofHours(1))));
    assertThat(announce(agent)).as("before there is any registration").isEqualTo(202);
    agent.registrar().up("a1b2", 17, "h:1");
    await().atMost(PATIENCE).until(() -> agent.registrar().unacknowledged() == 0);
    assertThat(announce(agent)).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> cluster.records("Registry").size() == 2);
    await().atMost(PATIENCE).until(() -> directory.posted("/agent/v1/registrations").size() == 1);
  }

  @Test
  void aPortInUseIsOneLineThatSaysWhatToTry() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var config = config("127.0.0.1:1").answeringOn("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> HolterAgent.start(config))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("choose another port");
    }
  }
}
