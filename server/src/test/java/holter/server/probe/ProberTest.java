package holter.server.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import holter.detect.ProbeOutcome;
import holter.engine.Action;
import holter.engine.Input;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProberTest {
  private final BlockingQueue<Input> heard = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private List<String> others = List.of();
  private int fleet = 1;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void anAnswerIsReadWhole() throws Exception {
    String url =
        answering(
            """
            {"v":1,"instance":"dac-07","incarnation":{"n":3,"boot":"5f"},"seq":412,"beatAgeMs":180,
             "lastAckAgeMs":190,"work":9312,"results":[],"kafka":"ok"}
            """);
    assertThat(ask(url)).isEqualTo(new ProbeOutcome.Answered(3, 412, 190, 9312, 180));
  }

  @Test
  void aPortWhereNobodyListensRefuses() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(ask("http://127.0.0.1:" + port)).isEqualTo(new ProbeOutcome.Refused());
  }

  @Test
  void silenceOfAProcessWhoseHostAnswersIsToldApart() throws Exception {
    String silent = silent();
    assertThat(ask(silent)).isEqualTo(new ProbeOutcome.TimedOut(true, false));
    others = List.of(answering("{}"));
    assertThat(ask(silent)).isEqualTo(new ProbeOutcome.TimedOut(true, true));
  }

  @Test
  void aNeighbourThatOnlyTakesConnectionsIsNoWitness() throws Exception {
    String silent = silent();
    others = List.of(silent());
    assertThat(ask(silent)).isEqualTo(new ProbeOutcome.TimedOut(true, false));
  }

  @Test
  void anythingButAnAnswerIsNotTakenForOne() throws Exception {
    assertThat(ask(answering("hello"))).isInstanceOf(ProbeOutcome.NotAsked.class);
    assertThat(ask(answering("{\"seq\":1}"))).isInstanceOf(ProbeOutcome.NotAsked.class);
  }

  @Test
  void addressesOutsideTheListAreNeverConnectedTo() throws Exception {
    for (String address :
        List.of(
            "http://192.0.2.1:80",
            "https://127.0.0.1:1",
            "file:///etc/passwd",
            "http://user@127.0.0.1:1",
            "nonsense",
            "http://no-such-host.invalid:1")) {
      assertThat(ask(address)).as(address).isInstanceOf(ProbeOutcome.NotAsked.class);
    }
  }

  @Test
  void aNameIsResolvedBeforeTheListIsAsked() throws Exception {
    AllowList tens = new AllowList(List.of("10.0.0.0/8"));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> tens.target("http://localhost:80"))
        .isInstanceOf(AllowList.NotAllowed.class);
  }

  @Test
  void theBudgetIsTheLargerOfFiftyAndAFifthOfTheFleet() {
    Budget small = new Budget(50, 0);
    int taken = 0;
    while (small.take(10, 0)) {
      taken++;
    }
    assertThat(taken).isEqualTo(50);
    Budget large = new Budget(50, 0);
    taken = 0;
    while (large.take(1_000, 1_000)) {
      taken++;
    }
    assertThat(taken).isEqualTo(200);
  }

  private ProbeOutcome ask(String answerAt) throws Exception {
    var neighbours =
        new Prober.Neighbours() {
          @Override
          public List<String> on(String host, InstanceId except) {
            return others;
          }

          @Override
          public int fleet() {
            return fleet;
          }
        };
    AllowList loopback = new AllowList(List.of("127.0.0.0/8"));
    try (Prober prober =
        new Prober(loopback, neighbours, Duration.ofMillis(700), heard::add, () -> 1_000)) {
      prober.ask(
          new Action.Probe(new InstanceId("dac-07"), new Incarnation(3, "5f"), answerAt, "h"));
      Input input = heard.poll(10, TimeUnit.SECONDS);
      assertThat(input).isInstanceOf(Input.Probed.class);
      return ((Input.Probed) java.util.Objects.requireNonNull(input)).outcome();
    }
  }

  private String answering(String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/answer",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String silent() throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(socket);
    return "http://127.0.0.1:" + socket.getLocalPort();
  }
}
