package holter.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import holter.detect.DeathProof;
import holter.detect.RestartTruth;
import holter.engine.Input;
import holter.engine.RestartOrder;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.server.port.Runner;
import holter.words.Sentence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookRunnerTest {
  private record Scripted(int status, String body) {}

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Deque<Scripted> script = new ArrayDeque<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          asked.add(exchange.getRequestURI() + " " + new String(body, StandardCharsets.UTF_8));
          Scripted answer;
          synchronized (script) {
            answer = script.isEmpty() ? new Scripted(404, "") : script.removeFirst();
          }
          byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anOrderIsSentAsTheProtocolHasIt() {
    answer(200, "{\"done\":true,\"truth\":\"exited\",\"detail\":\"exit code 137\"}");
    Runner.Answer answer = runner().restart(order());
    assertThat(answer).isEqualTo(new Runner.Answer(true, RestartTruth.EXITED, "exit code 137"));
    assertThat(asked).singleElement().asString().startsWith("/v1/restarts ");
    assertThat(asked.get(0))
        .contains("\"key\":\"k-1\"", "\"expectedIncarnation\":3", "\"leaderEpoch\":7")
        .contains("\"proof\":\"PORT_REFUSED\"", "\"instance\":\"dac-07\"");
  }

  @Test
  void aRunnerThatStumblesIsAskedAgainWithTheSameKey() {
    answer(503, "");
    answer(500, "");
    answer(200, "{\"done\":true,\"truth\":\"hung\"}");
    assertThat(runner().restart(order()).truth()).isEqualTo(RestartTruth.HUNG);
    assertThat(asked).hasSize(3).allMatch(call -> call.contains("\"key\":\"k-1\""));
  }

  @Test
  void aRefusalIsAnAnswerAndIsNotRepeated() {
    answer(409, "{\"detail\":\"leader epoch 7 is older than 8\"}");
    Runner.Answer answer = runner().restart(order());
    assertThat(answer.done()).isFalse();
    assertThat(answer.detail()).contains("leader epoch 7 is older than 8");
    assertThat(asked).hasSize(1);
  }

  @Test
  void aRunnerThatIsAwayIsNotAnException() {
    String url = url();
    server.stop(0);
    Runner.Answer answer = new WebhookRunner(url, Duration.ofMillis(1)).restart(order());
    assertThat(answer.done()).isFalse();
    assertThat(answer.truth()).isEqualTo(RestartTruth.UNKNOWN);
    assertThat(answer.detail()).startsWith("runner not reached");
  }

  @Test
  void aTruthThatIsNoWordOfOursIsUnknown() {
    answer(200, "{\"done\":true,\"truth\":\"dancing\"}");
    assertThat(runner().restart(order()).truth()).isEqualTo(RestartTruth.UNKNOWN);
  }

  @Test
  void exitsAreHeardFromWhereTheyWereLeftAndKept() {
    answer(
        200,
        "{\"next\":12,\"exits\":[{\"n\":11,\"instance\":\"dac-07\",\"incarnation\":3,"
            + "\"exitCode\":137},{\"n\":12,\"instance\":\"dac-08\",\"exitCode\":0}]}");
    var heard = new ConcurrentLinkedQueue<Input>();
    AtomicLong kept = new AtomicLong();
    try (ExitWatch watch = new ExitWatch(url(), 10, heard::add, kept::set)) {
      watch.start();
      await().atMost(Duration.ofSeconds(10)).until(() -> asked.size() >= 2);
    }
    assertThat(heard)
        .containsExactly(
            new Input.Exited(new InstanceId("dac-07"), 3, 137),
            new Input.Exited(new InstanceId("dac-08"), 0, 0));
    assertThat(kept).hasValue(12);
    assertThat(asked.get(0)).startsWith("/v1/exits?after=10");
    assertThat(asked.get(1)).startsWith("/v1/exits?after=12");
  }

  @Test
  void aRunnerThatLostItsCounterIsHeardFromTheBeginning() {
    answer(200, "{\"next\":1,\"exits\":[{\"n\":1,\"instance\":\"dac-07\",\"exitCode\":1}]}");
    answer(200, "{\"next\":1,\"exits\":[{\"n\":1,\"instance\":\"dac-07\",\"exitCode\":1}]}");
    var heard = new ConcurrentLinkedQueue<Input>();
    try (ExitWatch watch = new ExitWatch(url(), 10, heard::add, n -> {})) {
      watch.start();
      await().atMost(Duration.ofSeconds(10)).until(() -> heard.size() == 1);
    }
    assertThat(asked.get(1)).startsWith("/v1/exits?after=0");
  }

  private void answer(int status, String body) {
    synchronized (script) {
      script.addLast(new Scripted(status, body));
    }
  }

  private WebhookRunner runner() {
    return new WebhookRunner(url(), Duration.ofMillis(1));
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static RestartOrder order() {
    return new RestartOrder(
        "k-1",
        new InstanceId("dac-07"),
        new Incarnation(3, "5f"),
        7,
        DeathProof.PORT_REFUSED,
        Sentence.of(DeathProof.PORT_REFUSED));
  }
}
