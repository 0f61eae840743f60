package holter.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.channel.PathState;
import holter.engine.View;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.Plan;
import holter.server.remedy.PlanWatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans by HTTP: a real listener, a real folder, and leaders that a twin moves. */
@Timeout(60)
final class RemedyApiTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SampleDesk desk = new SampleDesk();
  private final Feed feed = new Feed(3);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Plan plan = desk.remedies.plan();
  private ApiServer api;

  @BeforeEach
  void start() {
    desk.view = healed(desk.view);
    api = ApiServer.start("127.0.0.1:0", desk, feed, new Metrics(desk::view, desk.about()));
  }

  @AfterEach
  void stop() {
    api.close();
    desk.remedies.close();
    http.shutdownNow();
  }

  @Test
  void aPlanIsShownWithAllThatAConsentIsGivenTo() throws Exception {
    JsonNode line = get("/api/v1/remedies").path("items").path(0);
    assertThat(line.path("id").asText()).isEqualTo(plan.id());
    assertThat(line.path("hash").asText()).isEqualTo(plan.hash());
    assertThat(line.path("state").asText()).isEqualTo("new");
    assertThat(line.path("incident").isNull()).isTrue();
    JsonNode shown = get(at(""));
    assertThat(shown.at("/steps/0/act").asText())
        .isEqualTo("move-leader HeartBeat-4 1001,1002 1002,1001");
    assertThat(shown.at("/steps/0/undo").asText())
        .isEqualTo("move-leader HeartBeat-4 1002,1001 1001,1002");
    assertThat(shown.at("/steps/0/verify/text").asText())
        .isEqualTo("broker 1002 leads HeartBeat-4, and its replicas are in the order 1002, 1001");
    assertThat(shown.at("/costs/0/text").asText()).contains("acks=1");
    assertThat(shown.at("/refused/0/text").asText()).contains("other-0");
  }

  @Test
  void anAppliedPlanIsProvedAndItsJournalNamesWhoConsented() throws Exception {
    String consent = "{\"hash\":\"" + plan.hash() + "\",\"by\":\"ops,\\n by HTTP\"}";
    assertThat(post("/apply", consent).statusCode()).isEqualTo(202);
    awaitState("cured");
    assertThat(entries())
        .extracting(JournalEntry::deed)
        .containsExactly(Deed.CONSENTED, Deed.INTENDED, Deed.DONE, Deed.CURED);
    assertThat(entries().getFirst().detail())
        .isEqualTo(plan.hash() + " by HTTP from 127.0.0.1, as ops by HTTP");
    refused(apply(), "is done");
    assertThat(undo().statusCode()).isEqualTo(202);
    awaitState("undone");
    refused(undo(), "was taken back already");
    refused(apply(), "was taken back");
  }

  @Test
  void pathsThatStaySickTakeEverythingBack() throws Exception {
    desk.view = SampleDesk.sampleView();
    assertThat(apply().statusCode()).isEqualTo(202);
    awaitState("undone");
    assertThat(entries()).extracting(JournalEntry::deed).contains(Deed.UNDO_WANTED, Deed.UNDONE);
  }

  @Test
  void consentForAnotherHashIsNone() throws Exception {
    refused(post("/apply", "{\"hash\":\"0123456789abcdef\"}"), plan.hash());
    refused(post("/undo", "{\"hash\":\"0123456789abcdef\"}"), plan.hash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[", "{}", "{\"hash\":1}", "{\"hash\":\"a\",\"x\":\"b\"}", "\"a\"", "null"})
  void aBodyWithoutAHashIsRefused(String body) throws Exception {
    assertThat(post("/apply", body).statusCode()).isEqualTo(400);
    assertThat(entries()).isEmpty();
  }

  @Test
  void anExpiredPlanIsNotBegun() throws Exception {
    long old = System.currentTimeMillis() - Plan.VALID_MS - 1_000;
    Plan expired = desk.remedies.save("p0old", 4, old);
    HttpResponse<String> answer =
        send("POST", "/api/v1/remedies/p0old/apply", "{\"hash\":\"" + expired.hash() + "\"}");
    refused(answer, "has expired");
    assertThat(get("/api/v1/remedies/p0old").at("/plan/state").asText()).isEqualTo("expired");
  }

  @Test
  void onlyOnePlanIsCarriedOutAtATime() throws Exception {
    desk.remedies.hold();
    assertThat(apply().statusCode()).isEqualTo(202);
    assertThat(get(at("")).at("/plan/running").asBoolean()).isTrue();
    Plan other = desk.remedies.save("p2other", 4, System.currentTimeMillis());
    String consent = "{\"hash\":\"" + other.hash() + "\"}";
    refused(send("POST", "/api/v1/remedies/p2other/apply", consent), "is being carried out");
    refused(undo(), "is being carried out");
    desk.remedies.let();
    awaitState("cured");
  }

  @Test
  void theTurnOfSomebodyElseIsRespected() throws Exception {
    try (var _ = desk.remedies.plans().turn().orElseThrow()) {
      refused(apply(), "is being carried out");
    }
    assertThat(apply().statusCode()).isEqualTo(202);
    awaitState("cured");
  }

  @Test
  void theStopFileHindersApplyingAndNotTheWayBack() throws Exception {
    var stop = desk.remedies.folder().resolve("stop");
    Files.createFile(stop);
    refused(apply(), "stop");
    Files.delete(stop);
    apply();
    awaitState("cured");
    Files.createFile(stop);
    assertThat(undo().statusCode()).isEqualTo(202);
    awaitState("undone");
  }

  @Test
  void aReplicaThatDoesNotLeadRefuses() throws Exception {
    desk.remedies.leads = false;
    refused(apply(), "does not lead");
    refused(undo(), "does not lead");
  }

  @Test
  void whatCannotBeReachedIsToldAndNobodyHasConsented() throws Exception {
    desk.remedies.absent = "plan p1sample has steps on Kubernetes, and this server has none";
    refused(apply(), "has steps on Kubernetes");
    desk.remedies.absent = "";
    assertThat(apply().statusCode()).isEqualTo(202);
    awaitState("cured");
  }

  @Test
  void whatDidNothingCannotBeTakenBack() throws Exception {
    refused(undo(), "has done nothing");
  }

  @Test
  void anUnfinishedPlanWaitsUntilSomebodyAppliesItAgain() throws Exception {
    write(Deed.CONSENTED, 0, plan.hash() + " by HTTP from 127.0.0.1");
    write(Deed.INTENDED, 1, "move-leader");
    JsonNode shown = get(at(""));
    assertThat(shown.at("/plan/state").asText()).isEqualTo("unfinished");
    assertThat(shown.at("/plan/running").asBoolean()).isFalse();
    assertThat(shown.path("journal")).hasSize(2);
    assertThat(apply().statusCode()).isEqualTo(202);
    awaitState("cured");
    assertThat(entries().stream().filter(e -> e.deed() == Deed.CONSENTED)).hasSize(2);
  }

  @Test
  void theStreamTellsWhatHappensToAPlan() throws Exception {
    try (var watch = watch();
        Feed.Subscriber heard = Objects.requireNonNull(feed.subscribe(null))) {
      watch.start(); // what is there is no news
      Plan made = desk.remedies.save("p2news", 4, System.currentTimeMillis());
      assertThat(told(heard)).isEqualTo("remedy p2news made new");
      String consent = "{\"hash\":\"" + made.hash() + "\"}";
      send("POST", "/api/v1/remedies/p2news/apply", consent);
      assertThat(told(heard)).isEqualTo("remedy p2news consented unfinished");
      assertThat(told(heard)).isEqualTo("remedy p2news done unfinished");
      assertThat(told(heard)).isEqualTo("remedy p2news cured cured");
    }
  }

  private PlanWatch watch() {
    return new PlanWatch(
        desk.remedies.plans(),
        new PlanWatch.Around(desk::view, () -> true, _ -> {}, feed::remedied));
  }

  private static String told(Feed.Subscriber heard) throws InterruptedException {
    var event = Objects.requireNonNull(heard.next(SOON.toMillis()));
    var remedy = (RemedyShapes.Told) event.data();
    return event.kind() + " " + remedy.id() + " " + remedy.deed() + " " + remedy.state();
  }

  /** The same, with every path well. */
  private static View healed(View v) {
    return new View(
        v.asOfMs(),
        v.leading(),
        v.breakerOpen(),
        v.instances(),
        v.partitions().stream()
            .map(
                p ->
                    new View.Partition(
                        p.number(),
                        p.leaderId(),
                        p.host(),
                        new PathState.Healthy(1),
                        p.lastSampleMs(),
                        p.lastSeenMs(),
                        p.provedThroughMs()))
            .toList(),
        v.map(),
        v.incidents(),
        v.counters());
  }

  private void write(Deed deed, int step, String detail) throws IOException {
    desk.remedies
        .plans()
        .journal(plan)
        .add(new JournalEntry(System.currentTimeMillis(), deed, step, detail));
  }

  private List<JournalEntry> entries() throws IOException {
    return desk.remedies.plans().journal(plan).entries();
  }

  private void awaitState(String state) {
    await().atMost(SOON).until(() -> state(plan.id()).equals(state));
  }

  /** Of a plan that nobody carries out any more. */
  private String state(String id) throws Exception {
    JsonNode shown = get("/api/v1/remedies/" + id).path("plan");
    return shown.path("running").asBoolean() ? "running" : shown.path("state").asText();
  }

  private void refused(HttpResponse<String> answer, String why) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(JSON.readTree(answer.body()).path("detail").asText()).contains(why);
  }

  private HttpResponse<String> apply() throws Exception {
    return post("/apply", "{\"hash\":\"" + plan.hash() + "\"}");
  }

  private HttpResponse<String> undo() throws Exception {
    return post("/undo", "{\"hash\":\"" + plan.hash() + "\"}");
  }

  private HttpResponse<String> post(String verb, String body) throws Exception {
    return send("POST", at(verb), body);
  }

  private String at(String verb) {
    return "/api/v1/remedies/" + plan.id() + verb;
  }

  private JsonNode get(String url) throws Exception {
    HttpResponse<String> answer = send("GET", url, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(String method, String url, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api.url() + url))
            .timeout(SOON)
            .header("X-Holter", "1")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
