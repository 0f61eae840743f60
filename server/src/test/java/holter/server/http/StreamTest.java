package holter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holter.detect.DeathProof;
import holter.engine.AuditEntry;
import holter.words.Sentence;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamTest {
  private final SampleDesk desk = new SampleDesk();
  private final Feed feed = new Feed(3);
  private ApiServer api;

  @BeforeEach
  void start() {
    api = ApiServer.start("127.0.0.1:0", desk, feed, new Metrics(desk::view, desk.about()));
  }

  @AfterEach
  void stop() {
    api.close();
    desk.remedies.close();
  }

  @Test
  void whatChangesIsToldOnceAndInOrder() throws Exception {
    try (BufferedReader stream = open(null)) {
      await().atMost(Duration.ofSeconds(10)).until(() -> feed.subscribers() == 1);
      api.show(desk.view());
      api.show(desk.view());
      feed.audited(audit(1));
      List<String> kinds = kinds(stream, 11);
      assertThat(kinds)
          .containsExactly(
              "3-1 state",
              "3-2 state",
              "3-3 state",
              "3-4 state",
              "3-5 state",
              "3-6 partition",
              "3-7 partition",
              "3-8 partition",
              "3-9 incident",
              "3-10 status",
              "3-11 audit");
    }
  }

  @Test
  void oneWhoComesBackHearsWhatWasMissed() throws Exception {
    for (int n = 1; n <= 5; n++) {
      feed.audited(audit(n));
    }
    try (BufferedReader stream = open("3-3")) {
      assertThat(kinds(stream, 2)).containsExactly("3-4 audit", "3-5 audit");
    }
  }

  @Test
  void oneWhoMissedTooMuchOrComesFromAnEarlierStartIsToldSo() throws Exception {
    for (int n = 1; n <= 3_000; n++) {
      feed.audited(audit(n));
    }
    for (String last : List.of("3-5", "2-2999", "3-99999", "nonsense")) {
      try (BufferedReader stream = open(last)) {
        assertThat(kinds(stream, 1)).as(last).containsExactly("3-3000 reset");
      }
    }
  }

  @Test
  void oneWhoDoesNotReadIsCutOffAndNobodyWaits() {
    Feed.Subscriber idle = feed.subscribe(null);
    assertThat(idle).isNotNull();
    for (int n = 1; n <= 5_000; n++) {
      feed.audited(audit(n));
    }
    assertThat(java.util.Objects.requireNonNull(idle).isCut()).isTrue();
    assertThat(feed.subscribers()).isZero();
  }

  @Test
  void tooManyListenersAreRefused() throws Exception {
    for (int n = 0; n < 100; n++) {
      assertThat(feed.subscribe(null)).isNotNull();
    }
    HttpURLConnection connection = connection(null);
    assertThat(connection.getResponseCode()).isEqualTo(503);
  }

  private BufferedReader open(@Nullable String lastId) throws Exception {
    HttpURLConnection connection = connection(lastId);
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(connection.getContentType()).startsWith("text/event-stream");
    return new BufferedReader(
        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

  private HttpURLConnection connection(@Nullable String lastId) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(api.url() + "/api/v1/stream").toURL().openConnection();
    connection.setReadTimeout(20_000);
    if (lastId != null) {
      connection.setRequestProperty("Last-Event-ID", lastId);
    }
    return connection;
  }

  private static List<String> kinds(BufferedReader stream, int count) throws Exception {
    List<String> kinds = new ArrayList<>();
    String id = "";
    while (kinds.size() < count) {
      String line = stream.readLine();
      assertThat(line).isNotNull();
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        kinds.add(id + " " + line.substring(7));
      }
    }
    return kinds;
  }

  private static AuditEntry audit(int n) {
    return new AuditEntry(
        n, "dac-08", "Suspect", "Dead", "R3", Sentence.of(DeathProof.HUNG), List.of());
  }
}
