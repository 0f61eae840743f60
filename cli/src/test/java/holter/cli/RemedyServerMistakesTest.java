package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.cli.plans.PlansTwin;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.Plan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code holter remedy … --server}: mistakes of users, and servers that answer badly. */
@Timeout(120)
final class RemedyServerMistakesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL = "/api/v1/remedies";
  private static final String ONE = ALL + "/p1";
  private static final List<String> VERBS = List.of("list", "show p1", "apply p1 -y", "undo p1");

  @TempDir Path dir;
  private JsonNode all;
  private JsonNode one;

  /** Answers as the API has them, of a plan that somebody consented to. */
  @BeforeEach
  void read() throws IOException {
    try (var twin = new PlansTwin(dir)) {
      Plan plan = twin.save("p1");
      twin.folder().journal(plan).add(new JournalEntry(1, Deed.CONSENTED, 0, plan.hash()));
      all = JSON.readTree(Said.text(twin.url() + ALL));
      one = JSON.readTree(Said.text(twin.url() + ONE));
    }
  }

  private static Said remedy(String words, String server) {
    return Said.by(("remedy " + words + " --lang en --server " + server).split(" ", -1));
  }

  private static Said oneLine(Said said, int exit) {
    assertThat(said.exit()).as(said.err()).isEqualTo(exit);
    assertThat(said.err()).hasLineCount(1).startsWith("error: ").contains("; try: ");
    assertThat(said.out()).isEmpty();
    return said;
  }

  private ServerTwin twin() throws IOException {
    return new ServerTwin()
        .answers(ALL, 200, all.toString())
        .answers(ONE, 200, one.toString())
        .answers(ONE + "/apply", 202, "{\"taken\":true}")
        .answers(ONE + "/undo", 202, "{\"taken\":true}");
  }

  private String oneThat(String state, boolean running) {
    ObjectNode changed = one.deepCopy();
    ((ObjectNode) changed.path("plan")).put("state", state).put("running", running);
    return changed.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "list --plans x, --plans",
    "show p1 --plans x, --plans",
    "apply p1 -y --plans x, --plans",
    "apply p1 -y --kubeconfig x, --kubeconfig",
    "apply p1 -y --bootstrap-server k:1, --bootstrap-server",
    "apply p1 -y --healthy-for 20s, --healthy-for",
    "apply p1 --dry-run, --dry-run",
    "undo p1 --plans x, --plans",
    "undo p1 --kubeconfig x --context y, --kubeconfig",
  })
  void whatIsOfThisMachineDoesNotGoWithAServer(String words, String option) throws IOException {
    try (ServerTwin twin = twin()) {
      Said said = oneLine(remedy(words, twin.url()), Exit.USAGE);
      assertThat(said.err()).contains(option + " and --server do not go together");
      assertThat(twin.asked).isEmpty();
    }
  }

  @Test
  void noServerIsAskedToPlanForItDoesByItself() throws IOException {
    try (ServerTwin twin = twin()) {
      Said said = oneLine(remedy("plan --off 1001", twin.url()), Exit.USAGE);
      assertThat(said.err())
          .contains("the server plans by itself", "holter remedy list --server " + twin.url());
      assertThat(twin.asked).isEmpty();
    }
    assertThat(Said.by("remedy", "plan", "--help").out()).doesNotContain("--server=");
  }

  @Test
  void aTokenIsForAServer() throws IOException {
    Path token = Files.writeString(dir.resolve("token"), "s3cret\n");
    Said said = Said.by("remedy", "list", "--token-file", token.toString());
    assertThat(oneLine(said, Exit.USAGE).err()).contains("--token-file is for a server");
    try (ServerTwin twin = twin().answers(ONE, 200, oneThat("cured", false))) {
      assertThat(remedy("apply p1 -y --token-file " + token, twin.url()).exit()).isZero();
      assertThat(twin.bearers).hasSizeGreaterThan(2).containsOnly("Bearer s3cret");
    }
  }

  @Test
  void aPlanThatIsNotThereIsAMistake() throws IOException {
    try (ServerTwin twin = new ServerTwin()) {
      for (String words : VERBS.subList(1, VERBS.size())) {
        assertThat(oneLine(remedy(words, twin.url()), Exit.USAGE).err())
            .contains("no plan p1; none lies with ", "holter remedy list --server " + twin.url());
      }
      assertThat(oneLine(remedy("list", twin.url()), Exit.USAGE).err()).contains("no plans at");
    }
  }

  @ParameterizedTest
  @CsvSource({"401, 4", "403, 4", "500, 3", "503, 3"})
  void aQuestionThatIsRefusedHasItsExitCode(int status, int exit) throws IOException {
    String problem = "{\"detail\":\"plans cannot be read\"}";
    try (ServerTwin twin =
        new ServerTwin().answers(ALL, status, problem).answers(ONE, status, problem)) {
      for (String words : VERBS) {
        assertThat(oneLine(remedy(words, twin.url()), exit).err()).contains("plans cannot be read");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"401, 4", "403, 4", "404, 2", "409, 5", "500, 3", "503, 3", "200, 3"})
  void aConsentThatIsRefusedHasItsExitCode(int status, int exit) throws IOException {
    String problem = "{\"detail\":\"not by you\"}";
    for (String body : List.of(problem, "")) {
      try (ServerTwin twin = twin().answers(ONE + "/apply", status, body)) {
        oneLine(remedy("apply p1 -y", twin.url()), exit);
        assertThat(twin.told).hasSize(1);
      }
    }
  }

  @Test
  void aConsentThatNobodyAnswersIsNotSentAgain() throws IOException {
    try (ServerTwin twin = twin().answers(ONE + "/apply", ServerTwin.HANGS_UP, "")) {
      Said said = oneLine(remedy("apply p1 -y", twin.url()), Exit.CANNOT_TELL);
      assertThat(said.err()).contains("whether plan p1 is begun is not known");
      assertThat(twin.told).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>router", "", "[]", "{}", "7", "{\"items\":[{}]}", "{\"plan\":{\"id\":7}}"})
  void somethingElseThanPlansIsToldApart(String body) throws IOException {
    try (ServerTwin twin = twin().answers(ALL, 200, body).answers(ONE, 200, body)) {
      VERBS.forEach(words -> oneLine(remedy(words, twin.url()), Exit.CANNOT_TELL));
      assertThat(twin.told).isEmpty();
    }
  }

  @Test
  void anotherPlanThanTheOneAskedForIsNotConsentedTo() throws IOException {
    try (ServerTwin twin = twin().answers(ALL + "/p2", 200, one.toString())) {
      oneLine(remedy("apply p2 -y", twin.url()), Exit.CANNOT_TELL);
      assertThat(twin.told).isEmpty();
    }
  }

  @Test
  void aServerThatIsDownIsToldInOneLine() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    for (String words : VERBS) {
      Said said = oneLine(remedy(words, "http://127.0.0.1:" + port), Exit.CANNOT_TELL);
      assertThat(said.err()).contains("nobody listens there");
    }
    assertThat(oneLine(remedy("list", "nonsense"), Exit.USAGE).err()).contains("no server address");
  }

  @Test
  void theHashThatWasShownAndAnAccountsNameAreSent() throws IOException {
    try (ServerTwin twin = twin().answers(ONE, 200, oneThat("cured", false))) {
      assertThat(remedy("apply p1 -y", twin.url()).exit()).isZero();
      String[] told = twin.told.getFirst().split(" ", 3);
      assertThat(told[0] + " " + told[1]).isEqualTo("POST " + ONE + "/apply");
      JsonNode consent = JSON.readTree(told[2]);
      assertThat(consent.path("hash").asText()).isEqualTo(one.at("/plan/hash").asText());
      assertThat(consent.path("by").asText()).isEqualTo(System.getProperty("user.name"));
    }
  }

  @Test
  void theIncidentIsAColumnWhereOneIsTold() throws IOException {
    ObjectNode told = all.deepCopy();
    ((ObjectNode) told.at("/items/0")).put("incident", "inc-0007");
    try (ServerTwin twin = twin()) {
      assertThat(remedy("list", twin.url()).out()).doesNotContain("INCIDENT");
      twin.answers(ALL, 200, told.toString());
      assertThat(remedy("list", twin.url()).out())
          .containsPattern("CLUSTER +INCIDENT\\R.* inc-0007");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "failed, no step could be done",
    "stuck, not everything could be taken back: look yourself",
  })
  void aPlanThatFailsIsToldAsOneOfHere(String state, String words) throws IOException {
    try (ServerTwin twin = twin().answers(ONE, 200, oneThat(state, false))) {
      Said said = remedy("undo p1", twin.url());
      assertThat(said.exit()).isEqualTo(Exit.REMEDY_FAILED);
      assertThat(said.out()).isEqualToIgnoringNewLines(words);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unfinished", "taking_back"})
  void aPlanThatTheServerHasLeftHalfwayIsNeitherCuredNorOver(String state) throws IOException {
    try (ServerTwin twin = twin().answers(ONE, 200, oneThat(state, false))) {
      Said said = remedy("apply p1 -y", twin.url());
      assertThat(said.exit()).isEqualTo(Exit.REMEDY_FAILED);
      assertThat(said.out()).isEmpty();
      assertThat(said.err())
          .contains("is " + state.replace('_', ' ') + ", and the server is not at it any more")
          .contains("the same command again");
    }
  }

  @Test
  void aServerThatAnswersBadlyForAWhileIsStillFollowed() throws Exception {
    try (ServerTwin twin = twin().answers(ONE, 200, oneThat("unfinished", true))) {
      Thread hiccup =
          Thread.ofVirtual()
              .start(
                  () -> {
                    awaitAsked(twin, 3);
                    twin.answers(ONE, 503, "");
                    awaitAsked(twin, twin.asked.size() + 2);
                    twin.answers(ONE, 200, "<html>router");
                    awaitAsked(twin, twin.asked.size() + 2);
                    twin.answers(ONE, 200, oneThat("cured", false));
                  });
      Said said = remedy("apply p1 -y", twin.url());
      hiccup.join();
      assertThat(said.exit()).as(said.err()).isZero();
      assertThat(said.out()).isEqualToIgnoringNewLines("the symptom is gone");
    }
  }

  private static void awaitAsked(ServerTwin twin, int times) {
    await().atMost(Duration.ofSeconds(20)).until(() -> twin.asked.size() >= times);
  }
}
