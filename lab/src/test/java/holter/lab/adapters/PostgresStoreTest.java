package holter.lab.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holter.detect.DeathProof;
import holter.detect.VerdictWords;
import holter.diagnose.Diagnosis;
import holter.diagnose.Subject;
import holter.engine.Incident;
import holter.engine.RestartOrder;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.KnownInstance;
import holter.fleet.SenderKind;
import holter.lab.postgres.LabPostgres;
import holter.lab.process.Children;
import holter.server.json.CoreJson;
import holter.server.store.Leadership;
import holter.server.store.Store;
import holter.server.store.StoreAddress;
import holter.server.store.StoreBroken;
import holter.words.Sentence;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on a real PostgreSQL server; skipped where none is installed. */
final class PostgresStoreTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private static Path dir;

  @SuppressWarnings("NullAway.Init") // made before the first test
  private static LabPostgres postgres;

  private static final Children CHILDREN = new Children();

  @BeforeAll
  static void start() {
    Assumptions.assumeTrue(LabPostgres.installed().isPresent(), "no PostgreSQL is installed");
    postgres = LabPostgres.start(dir.resolve("postgres"), CHILDREN);
  }

  @AfterAll
  static void end() {
    CHILDREN.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    sql("DROP SCHEMA public CASCADE");
    sql("CREATE SCHEMA public");
  }

  private static Store open() {
    return Store.open(new StoreAddress(postgres.url(), postgres.user(), ""), CoreJson.mapper());
  }

  private static KnownInstance known(String id) {
    return new KnownInstance(
        new InstanceId(id), new Incarnation(3, "b"), SenderKind.AGENT, 1_000, "http://h", "h", 17);
  }

  @Test
  void whatWasKeptComesBackTheSame() {
    var incident =
        new Incident(
            "inc-0001",
            5,
            -1,
            new Subject(List.of(4), 1001, "iota-n2", List.of()),
            new Diagnosis(List.of(), List.of(), List.of(), List.of()),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    try (Store store = open()) {
      store.remember(known("dac-07"));
      store.remember(known("dac-07"));
      store.save(incident);
      store.note("runner.exits", 17);
    }
    try (Store store = open()) {
      assertThat(store.roster()).containsExactly(known("dac-07"));
      assertThat(store.openIncidents()).containsExactly(incident);
      assertThat(store.noted("runner.exits")).hasValue(17);
      assertThat(store.leaderEpoch()).isEqualTo(2);
    }
  }

  @Test
  void aSecondOneStandsByAndKeepsNothing() {
    try (Store first = open();
        Store second = open()) {
      assertThat(first.leads()).isTrue();
      assertThat(first.leaderEpoch()).isEqualTo(1);
      assertThat(second.leads()).isFalse();
      second.remember(known("dac-09"));
      first.remember(known("dac-07"));
      await().atMost(SOON).until(() -> first.waiting() == 0);
      assertThat(second.roster()).containsExactly(known("dac-07"));
      assertThat(second.waiting()).isZero();
    }
  }

  @Test
  void whoStandsByLeadsWhenTheLeaderEndsAndReadsWhatItLeft() {
    Heard heard = new Heard();
    Store first = open();
    try (Store second = open()) {
      second.listen(heard);
      first.remember(known("dac-07"));
      first.close();
      await().atMost(SOON).until(() -> heard.said.contains("leads 2, others led"));
      assertThat(second.leads()).isTrue();
      assertThat(second.roster()).containsExactly(known("dac-07"));
    }
  }

  @Test
  void anOrderIsOnDiskBeforeItIsSentAndTheNextLeaderReadsIt() throws Exception {
    var why = Sentence.of(VerdictWords.MISSED, 3);
    var order =
        new RestartOrder(
            "dac-07/3/1",
            new InstanceId("dac-07"),
            new Incarnation(3, "b"),
            1,
            DeathProof.PORT_REFUSED,
            why);
    try (Store first = open();
        Store second = open()) {
      first.ordered(order).get(10, TimeUnit.SECONDS);
      assertThat(second.orders())
          .singleElement()
          .matches(kept -> kept.order().equals(order) && kept.agoMs() >= 0);
      assertThat(second.ordered(order)).as("of who stands by").isCompletedExceptionally();
    }
  }

  @Test
  void whoListensLateHearsWhatCameBefore() {
    Heard heard = new Heard();
    Store first = open();
    try (Store second = open()) {
      first.close();
      await().atMost(SOON).until(second::leads);
      second.listen(heard);
      assertThat(heard.said).contains("leads 2, others led");
    }
  }

  @Test
  void aServerThatIsNotThereIsRefusedInOneLine() {
    var nowhere = new StoreAddress("jdbc:postgresql://127.0.0.1:1/holter", "holter", "secret");
    assertThatThrownBy(() -> Store.open(nowhere, CoreJson.mapper()))
        .isInstanceOf(StoreBroken.class)
        .hasMessageContaining("cannot be opened")
        .hasMessageContaining("store.url")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("\n");
  }

  @Test
  void whoseLeaseAnotherTookLeadsNoMoreAndWritesNothing() throws SQLException {
    Heard heard = new Heard();
    try (Store store = open()) {
      store.listen(heard);
      sql("UPDATE lease SET holder = 'another', epoch = 2, until_ms = 9000000000000");
      await().atMost(SOON).until(() -> heard.said.equals(List.of("lost 1")));
      store.remember(known("dac-09"));
      assertThat(store.leads()).isFalse();
      sql("UPDATE lease SET until_ms = 0");
      await().atMost(SOON).until(() -> heard.said.contains("leads 3, others led"));
      assertThat(store.roster()).as("another's word is newer than ours").isEmpty();
    }
  }

  @Test
  void whatIsNewWhileTheServerIsDownIsWrittenWhenItIsBack() throws Exception {
    Heard heard = new Heard();
    try (Store store = open()) {
      store.listen(heard);
      postgres.crash();
      store.remember(known("dac-08"));
      await().atMost(SOON).until(() -> !store.trouble().isEmpty() && heard.said.contains("lost 1"));
      postgres.startAgain();
      await().atMost(SOON).until(() -> heard.said.contains("leads 2") && store.waiting() == 0);
      assertThat(store.roster()).containsExactly(known("dac-08"));
    }
  }

  private static void sql(String statement) throws SQLException {
    try (var connection = DriverManager.getConnection(postgres.url(), postgres.user(), "");
        var execute = connection.createStatement()) {
      execute.execute(statement);
    }
  }

  /** What a store says of its leadership. */
  private static final class Heard implements Leadership {
    final List<String> said = new CopyOnWriteArrayList<>();

    @Override
    public void lost(long epoch) {
      said.add("lost " + epoch);
    }

    @Override
    public void leads(long epoch, boolean taken) {
      said.add("leads " + epoch + (taken ? ", others led" : ""));
    }
  }
}
