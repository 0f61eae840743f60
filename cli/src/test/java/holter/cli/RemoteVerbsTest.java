package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class RemoteVerbsTest {
  private static final String INSTANCES =
      """
      {"asOfMs":10000,"ageMs":20,"items":[
       {"id":"dac-07","kind":"agent","verdict":"held","sinceMs":4000,"lastHeardMs":3500,
        "lastPartition":4,"host":"iota-n2","why":{"key":"k","args":[],"text":"its silence falls on sick partitions"}},
       {"id":"dac-08","kind":"agent","verdict":"alive","sinceMs":0,"lastHeardMs":null,
        "lastPartition":null,"host":"","why":{"key":"k","args":[],"text":"beating"}}]}
      """;

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 10, 11, 12, 13})
  void theVerdictIsTheServersExitCode(int exit) throws IOException {
    try (ServerTwin twin =
        new ServerTwin().answers("/api/v1/verdict/dac-07", 200, verdict(exit, 5))) {
      Said said = Said.by("verdict", "dac-07", "--server", twin.url());
      assertThat(said.exit()).isEqualTo(exit);
      assertThat(said.out()).hasLineCount(1).contains("dac-07 held").contains("sick");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "planned dac-07 --for 90s, POST /api/v1/instances/dac-07/planned {\"forMs\":90000}",
    "release dac-07, POST /api/v1/instances/dac-07/release",
    "forget dac/07, DELETE /api/v1/instances/dac%2F07",
  })
  void whatPeopleKnowReachesTheServer(String words, String told) throws IOException {
    String path = told.split(" ", -1)[1].replace("%2F", "/");
    try (ServerTwin twin = new ServerTwin().answers(path, 202, "{\"taken\":true}")) {
      String[] verb = ("instance " + words + " --server " + twin.url()).split(" ", -1);
      Said said = Said.by(verb);
      assertThat(said.exit()).as(said.err()).isZero();
      assertThat(twin.told).map(String::strip).containsExactly(told);
    }
  }

  @Test
  void aPlanThatNoServerTakesIsRefusedBeforeItIsSent() throws IOException {
    try (ServerTwin twin = new ServerTwin()) {
      Said said = Said.by("instance", "planned", "dac-07", "--for", "48h", "--server", twin.url());
      assertThat(said.exit()).isEqualTo(Exit.USAGE);
      assertThat(said.err()).hasLineCount(1).contains("1s to 24h");
      assertThat(twin.asked).isEmpty();
    }
  }

  @Test
  void theBreakerIsShownAndClosed() throws IOException {
    try (ServerTwin twin =
        new ServerTwin()
            .answers("/api/v1/status", 200, "{\"breakerOpen\":true}")
            .answers("/api/v1/breaker/close", 202, "{\"taken\":true}")) {
      Said open = Said.by("breaker", "--server", twin.url());
      assertThat(open.exit()).isEqualTo(Exit.FINDINGS);
      assertThat(open.out()).startsWith("open");
      assertThat(Said.by("breaker", "close", "--server", twin.url()).exit()).isZero();
      assertThat(twin.told).map(String::strip).containsExactly("POST /api/v1/breaker/close");
    }
  }

  @Test
  void aStaleVerdictMeansHold() throws IOException {
    try (ServerTwin twin =
        new ServerTwin().answers("/api/v1/verdict/dac-07", 200, verdict(11, 60_000))) {
      Said said = Said.by("verdict", "dac-07", "--server", twin.url());
      assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
      assertThat(said.out()).contains("STALE");
    }
  }

  @Test
  void anAnswerWithoutAnAgeOrAnExitMeansHold() throws IOException {
    try (ServerTwin twin = new ServerTwin().answers("/api/v1/verdict/dac-07", 200, "{}")) {
      assertThat(Said.by("verdict", "dac-07", "--server", twin.url()).exit())
          .isEqualTo(Exit.CANNOT_TELL);
    }
  }

  @Test
  void aServerThatIsDownMeansHold() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Said said = Said.by("verdict", "dac-07", "--server", "http://127.0.0.1:" + port);
    assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
    assertThat(said.err())
        .hasLineCount(1)
        .startsWith("error: cannot ask Holter")
        .contains("; try: ");
  }

  @Test
  void aServerThatTakesTheConnectionAndIsSilentMeansHoldWithinTheTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort();
      Said said = Said.by("verdict", "dac-07", "--server", url, "--timeout", "200ms");
      assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
      assertThat(said.err()).contains("no answer in 200 ms");
    }
  }

  @ParameterizedTest
  @CsvSource({"500, 3", "503, 3", "401, 4", "403, 4", "404, 2", "400, 2"})
  void aRefusedQuestionHasItsExitCode(int status, int exit) throws IOException {
    String problem = "{\"detail\":\"the loop does not turn\"}";
    try (ServerTwin twin = new ServerTwin().answers("/api/v1/instances", status, problem)) {
      Said said = Said.by("get", "instances", "--server", twin.url());
      assertThat(said.exit()).isEqualTo(exit);
      assertThat(said.err()).hasLineCount(1).contains("the loop does not turn");
      assertThat(said.out()).isEmpty();
    }
  }

  @Test
  void somethingElseThanHolterIsToldApart() throws IOException {
    try (ServerTwin twin = new ServerTwin().answers("/api/v1/instances", 200, "<html>router")) {
      Said said = Said.by("get", "instances", "--server", twin.url());
      assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
      assertThat(said.err()).hasLineCount(1).contains("no JSON");
    }
  }

  @Test
  void aTableHasARowPerInstanceAndSaysNeverForNever() throws IOException {
    try (ServerTwin twin = new ServerTwin().answers("/api/v1/instances", 200, INSTANCES)) {
      Said said = Said.by("get", "instances", "--server", twin.url());
      assertThat(said.exit()).isZero();
      assertThat(said.out()).hasLineCount(3).contains("dac-07    held").contains("6.0 s");
      assertThat(said.out().lines().toList().get(2)).contains("never");
    }
  }

  @Test
  void namesNarrowTheTableAndAnUnknownOneIsAMistake() throws IOException {
    try (ServerTwin twin = new ServerTwin().answers("/api/v1/instances", 200, INSTANCES)) {
      Said one = Said.by("get", "instances", "dac-08", "--server", twin.url());
      assertThat(one.out()).hasLineCount(2).contains("dac-08").doesNotContain("dac-07");
      Said none = Said.by("get", "instances", "dac-99", "--server", twin.url());
      assertThat(none.exit()).isEqualTo(Exit.USAGE);
      assertThat(none.err()).hasLineCount(1).contains("dac-99");
    }
  }

  @Test
  void jsonIsTheServersOwnAnswer() throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (ServerTwin twin = new ServerTwin().answers("/api/v1/instances", 200, INSTANCES)) {
      Said said = Said.by("get", "instances", "-o", "json", "--server", twin.url());
      assertThat(json.readTree(said.out())).isEqualTo(json.readTree(INSTANCES));
    }
  }

  @Test
  void theLanguageAndOddNamesReachTheServerEscaped() throws IOException {
    try (ServerTwin twin = new ServerTwin()) {
      Said unused = Said.by("verdict", "a b/c", "--lang", "zh", "--server", twin.url());
      assertThat(unused.exit()).isEqualTo(Exit.USAGE);
      assertThat(twin.asked).containsExactly("/api/v1/verdict/a%20b%2Fc?lang=zh");
    }
  }

  @Test
  void theRecordIsPrintedAsTheServerWroteIt() throws IOException {
    try (ServerTwin twin =
        new ServerTwin().answers("/api/v1/incidents/inc-0001/report.md", 200, "# inc-0001\n")) {
      Said said = Said.by("incident", "report", "inc-0001", "--server", twin.url());
      assertThat(said.exit()).isZero();
      assertThat(said.out()).isEqualToIgnoringNewLines("# inc-0001");
      Said wrong = Said.by("incident", "report", "inc-0001", "-f", "pdf", "--server", twin.url());
      assertThat(wrong.exit()).isEqualTo(Exit.USAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "ftp://host", "http://", "http://a b"})
  void anAddressThatIsNoneIsAMistake(String url) {
    Said said = Said.by("get", "instances", "--server", url);
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).hasLineCount(1);
  }

  private static String verdict(int exit, long ageMs) {
    return """
    {"instance":"dac-07","verdict":"held","exit":%d,"restartAdvice":"hold","rule":"R4",
     "why":{"key":"k","args":[],"text":"its silence falls on sick partitions"},
     "sinceMs":4000,"asOfMs":10000,"ageMs":%d}
    """
        .formatted(exit, ageMs);
  }
}
