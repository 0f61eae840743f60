package holter.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holter.detect.HoldReason;
import holter.engine.AuditEntry;
import holter.engine.Incident;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.KnownInstance;
import holter.fleet.SenderKind;
import holter.server.Samples;
import holter.server.directory.Route;
import holter.server.json.CoreJson;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path dir;

  @Test
  void whatWasKeptComesBackTheSame() {
    KnownInstance known = known("dac-07");
    Incident incident = Samples.saturatedHost();
    AuditEntry audit = audit(1);
    try (Store store = open()) {
      store.remember(known);
      store.save(incident);
      store.audit(audit);
      store.note("runner.exits", 17);
    }
    try (Store store = open()) {
      assertThat(store.roster()).containsExactly(known);
      assertThat(store.openIncidents()).containsExactly(incident);
      assertThat(store.incident(incident.id())).contains(incident);
      assertThat(store.latestAudit(10)).containsExactly(audit);
      assertThat(store.noted("runner.exits")).hasValue(17);
    }
  }

  @Test
  void everyStartIsANewLeaderEpoch() {
    try (Store first = open()) {
      assertThat(first.leaderEpoch()).isEqualTo(1);
    }
    try (Store second = open()) {
      assertThat(second.leaderEpoch()).isEqualTo(2);
    }
  }

  @Test
  void aForgottenInstanceStaysForgotten() {
    try (Store store = open()) {
      store.remember(known("dac-07"));
      store.remember(known("dac-08"));
      store.forget(new InstanceId("dac-07"));
    }
    try (Store store = open()) {
      assertThat(store.roster()).extracting(known -> known.id().value()).containsExactly("dac-08");
    }
  }

  @Test
  void aClosedIncidentIsNotRecalledAsOpen() {
    Incident open = Samples.saturatedHost();
    try (Store store = open()) {
      store.save(open);
      store.save(Samples.closed(open));
      await().atMost(Duration.ofSeconds(5)).until(() -> store.waiting() == 0);
      assertThat(store.openIncidents()).isEmpty();
      assertThat(store.latestIncidents(10)).hasSize(1);
    }
  }

  @Test
  void aSecondProcessIsRefusedInOneLine() {
    try (Store first = open()) {
      assertThat(first.leaderEpoch()).isPositive();
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreBroken.class)
          .hasMessageContaining("in use by another Holter")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedInOneLineAndLeftAlone() throws IOException {
    Path file = dir.resolve("holter.db");
    String text = "this is my shopping list, and no database at all ".repeat(100);
    Files.writeString(file, text);
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreBroken.class)
        .hasMessageContaining("damaged or no SQLite file")
        .hasMessageNotContaining("\n");
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void aDamagedPageIsRefusedAtTheStart() throws IOException {
    try (Store store = open()) {
      for (int n = 0; n < 500; n++) {
        store.audit(audit(n));
      }
    }
    Path file = dir.resolve("holter.db");
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 4096 * 3; at < bytes.length; at += 7) {
      bytes[at] = (byte) 0x5a;
    }
    Files.write(file, bytes);
    assertThatThrownBy(this::open).isInstanceOf(StoreBroken.class);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedInOneLine() throws IOException {
    Path plain = Files.writeString(dir.resolve("plain"), "x");
    assertThatThrownBy(
            () ->
                Store.open(
                    StoreAddress.sqlite("jdbc:sqlite:" + plain.resolve("holter.db")),
                    CoreJson.mapper()))
        .isInstanceOf(StoreBroken.class)
        .hasMessageContaining("change store.url");
  }

  @Test
  void aPhraseThatIsGoneStillSaysWhatItSaid() throws IOException {
    String json =
        CoreJson.mapper()
            .writeValueAsString(audit(1))
            .replace("detect.HoldReason.BUDGET", "detect.GoneWords.PAST");
    AuditEntry back = CoreJson.mapper().readValue(json, AuditEntry.class);
    assertThat(back.why().english()).isEqualTo(HoldReason.BUDGET.english());
  }

  @Test
  void nothingAcknowledgedIsLostWhenTheWriterIsKilled() throws Exception {
    Path out = dir.resolve("told");
    Process child = Children.java(StoreChild.class, out, url());
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.readAllLines(out).size() >= 40);
    child.destroyForcibly();
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    long told = Files.readString(out).lines().count();
    try (Store store = open()) {
      assertThat(store.leaderEpoch()).isEqualTo(2);
      Route route = store.routes().get(0);
      assertThat(route.routeEpoch()).isGreaterThanOrEqualTo(told - 1); // the last line may be half
    }
  }

  private Store open() {
    return Store.open(StoreAddress.sqlite(url()), CoreJson.mapper());
  }

  private String url() {
    return "jdbc:sqlite:" + dir.resolve("holter.db");
  }

  static AuditEntry audit(long n) {
    return new AuditEntry(
        1_000 + n,
        "dac-07",
        "Suspect",
        "Held",
        "G4",
        Sentence.of(HoldReason.BUDGET),
        List.of("probe: no answer", "path 3: healthy"));
  }

  static KnownInstance known(String id) {
    return new KnownInstance(
        new InstanceId(id),
        new Incarnation(3, "5f0c"),
        SenderKind.AGENT,
        1_000,
        "http://iota-n2:7410",
        "iota-n2",
        1_675_332_341_431L);
  }
}
