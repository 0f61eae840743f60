package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrarTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String POSTED = "/agent/v1/registrations";

  @TempDir Path dir;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private FakeCluster cluster = cluster();
  private FakeDirectory directory = directory();

  private static FakeCluster cluster() {
    try {
      return new FakeCluster(2);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static FakeDirectory directory() {
    try {
      return new FakeDirectory();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void topics() {
    cluster.topic("HeartBeat", 2).topic("Registry", 2);
    open.add(cluster);
    open.add(directory);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private AgentConfig config() {
    return AgentConfig.of("dac-1", cluster.bootstrap(), dir);
  }

  private AgentConfig withDirectory() {
    return config().withOrchestrator(directory.url(), FakeDirectory.TOKEN);
  }

  private HolterAgent start(AgentConfig config) {
    var agent = HolterAgent.start(config, new Notices(said::add));
    open.add(agent);
    return agent;
  }

  private List<Map<String, Object>> arrived() {
    return cluster.records("Registry").stream()
        .map(taken -> JsonReader.object(taken.value()))
        .toList();
  }

  private static boolean names(Map<String, Object> registration, String dtu, String state) {
    return dtu.equals(registration.get("dtu")) && state.equals(registration.get("state"));
  }

  private void allLeaders(FakeCluster.Mode mode) {
    cluster.mode(0, mode);
    cluster.mode(1, mode);
  }

  @Test
  void aRegistrationComesByKafkaWithTheDtuAsKey() {
    var agent = start(config());
    agent.registrar().up("a1b2", 17, "iota-n2:7400");
    await().atMost(PATIENCE).until(() -> arrived().size() == 1);
    assertThat(cluster.records("Registry").get(0).key()).isEqualTo("a1b2");
    assertThat(arrived().get(0))
        .containsEntry("sessionEpoch", 17L)
        .containsEntry("address", "iota-n2:7400")
        .containsEntry("state", "up");
    await().atMost(PATIENCE).until(() -> agent.registrar().unacknowledged() == 0);
  }

  @Test
  void aNewWorkerKnowsWhereToRegisterBeforeItsFirstDtuDials() {
    var agent = start(config());
    assertThat(cluster.askedFor("Registry")).as("nobody registers yet").isFalse();
    agent.registrar();
    await().atMost(PATIENCE).until(() -> cluster.askedFor("Registry"));
    assertThat(cluster.records("Registry")).isEmpty();
  }

  @Test
  void beatsCarryTheDigestOfWhatIsHeld() {
    var agent = start(config().withInterval(Duration.ofMillis(100)));
    agent.registrar().up("a", 1, "h:1");
    agent.registrar().up("b", 2, "h:1");
    String digest = DtuDigest.NONE.with("a", 1).with("b", 2).hex();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                cluster.records("HeartBeat").stream()
                    .anyMatch(
                        taken ->
                            JsonReader.object(taken.value())
                                .getOrDefault("dtus", "")
                                .equals(Map.of("count", 2L, "digest", digest))));
  }

  @Test
  void whileTheLeaderIsSilentItComesByHttpAndAfterwardsByKafkaToo() {
    allLeaders(FakeCluster.Mode.SILENT);
    var agent = start(withDirectory());
    for (int i = 0; i < 20; i++) {
      agent.registrar().up("dtu-" + i, 100 + i, "h:1");
    }
    await().atMost(PATIENCE).until(() -> directory.posted(POSTED).size() >= 20);
    assertThat(arrived()).isEmpty();
    allLeaders(FakeCluster.Mode.ANSWERS);
    await().atMost(PATIENCE).until(() -> agent.registrar().unacknowledged() == 0);
    for (int i = 0; i < 20; i++) {
      String dtu = "dtu-" + i;
      assertThat(arrived()).as(dtu).anyMatch(registration -> names(registration, dtu, "up"));
    }
  }

  @Test
  void whatIsNotAcknowledgedGoesOutInTheNextLife() {
    allLeaders(FakeCluster.Mode.SILENT);
    var first = start(config());
    first.registrar().up("a1b2", 17, "h:1");
    first.close();
    long firstLife = first.incarnation().n();
    allLeaders(FakeCluster.Mode.ANSWERS);
    var second = start(config());
    assertThat(second.incarnation().n()).isGreaterThan(firstLife);
    assertThat(second.registrar().unacknowledged()).isNotNegative();
    await().atMost(PATIENCE).until(() -> !arrived().isEmpty());
    assertThat(arrived().get(0).get("incarnation"))
        .as("as the life that said it")
        .isEqualTo(Map.of("n", firstLife, "boot", first.incarnation().boot()));
    await().atMost(PATIENCE).until(() -> second.registrar().unacknowledged() == 0);
  }

  @Test
  void aNewerOwnerElsewhereIsToldAndTheClaimIsNotAnnouncedAgain() {
    allLeaders(FakeCluster.Mode.SILENT);
    directory.answers(
        200, "{\"applied\":false,\"why\":\"stale\",\"routeEpoch\":8,\"owner\":\"dac-3\"}");
    var agent =
        start(
            withDirectory()
                .withRegistering(
                    new AgentConfig.Registering(Duration.ofSeconds(1), Duration.ofMillis(100))));
    List<String> lost = new CopyOnWriteArrayList<>();
    agent.registrar().onLost((dtu, epoch, owner) -> lost.add(dtu + " " + epoch + " " + owner));
    agent.registrar().up("a1b2", 17, "h:1");
    await().atMost(PATIENCE).until(() -> !lost.isEmpty());
    assertThat(lost).containsExactly("a1b2 17 dac-3");
    await().atMost(PATIENCE).until(() -> agent.registrar().unacknowledged() == 0);
    assertThat(directory.posted(POSTED)).hasSize(1);
  }

  @Test
  void aListenerThatThrowsDoesNotEndTheRegistrations() {
    allLeaders(FakeCluster.Mode.SILENT);
    directory.answers(
        200, "{\"applied\":false,\"why\":\"stale\",\"routeEpoch\":9,\"owner\":\"dac-3\"}");
    var agent = start(withDirectory());
    agent
        .registrar()
        .onLost(
            (dtu, epoch, owner) -> {
              throw new IllegalStateException("a defect of the worker's");
            });
    agent.registrar().up("a1b2", 17, "h:1");
    await().atMost(PATIENCE).until(() -> said.stream().anyMatch(l -> l.contains("lost DTUs")));
    directory.answers(200, "{\"applied\":true,\"routeEpoch\":1}");
    allLeaders(FakeCluster.Mode.ANSWERS);
    agent.registrar().up("c3d4", 1, "h:1");
    await()
        .atMost(PATIENCE)
        .until(() -> arrived().stream().anyMatch(r -> "c3d4".equals(r.get("dtu"))));
  }

  @Test
  void itsOwnCopyComingSecondKeepsTheClaim() {
    allLeaders(FakeCluster.Mode.SILENT);
    directory.answers(
        200, "{\"applied\":false,\"why\":\"duplicate\",\"routeEpoch\":8,\"owner\":\"dac-1\"}");
    var agent = start(withDirectory());
    agent.registrar().onLost((dtu, epoch, owner) -> said.add("lost " + dtu));
    agent.registrar().up("a1b2", 17, "h:1");
    await().atMost(PATIENCE).until(() -> !directory.posted(POSTED).isEmpty());
    allLeaders(FakeCluster.Mode.ANSWERS);
    await().atMost(PATIENCE).until(() -> !arrived().isEmpty());
    assertThat(said).noneMatch(line -> line.startsWith("lost"));
  }

  @Test
  void aDirectoryThatCannotWriteIsAskedAgain() {
    allLeaders(FakeCluster.Mode.SILENT);
    directory.answers(503, "{}");
    var agent = start(withDirectory());
    agent.registrar().up("a1b2", 17, "h:1");
    await().atMost(PATIENCE).until(() -> directory.posted(POSTED).size() >= 2);
    assertThat(said).anyMatch(line -> line.contains("answered 503"));
    directory.answers(200, "{\"applied\":true,\"routeEpoch\":1}");
    await().atMost(PATIENCE).until(() -> said.stream().anyMatch(l -> l.contains("again")));
  }

  @Test
  void aWrongTokenIsOneLineAndKafkaStillDelivers() {
    allLeaders(FakeCluster.Mode.SILENT);
    var agent = start(config().withOrchestrator(directory.url(), "wrong"));
    agent.registrar().up("a1b2", 17, "h:1");
    await().atMost(PATIENCE).until(() -> said.stream().anyMatch(l -> l.contains("401")));
    allLeaders(FakeCluster.Mode.ANSWERS);
    await().atMost(PATIENCE).until(() -> !arrived().isEmpty());
    assertThat(said.stream().filter(line -> line.contains("by HTTP"))).hasSize(1);
  }

  @Test
  void callsReturnWhileEverythingHangs() {
    allLeaders(FakeCluster.Mode.SILENT);
    var agent = start(config().withInterval(Duration.ofMillis(100)));
    Registrar registrar = agent.registrar();
    int taken = 0;
    for (int i = 0; i < 30_000; i++) {
      taken += registrar.up("dtu-" + i, 1, "h:1") ? 1 : 0;
    }
    assertThat(taken).isPositive();
    long before = agent.beats();
    await().atMost(PATIENCE).until(() -> agent.beats() > before + 10);
    assertThat(registrar.unacknowledged()).isLessThanOrEqualTo(ClaimBook.CLAIMS_MAX);
  }

  @Test
  void aNamelessDtuIsRefused() {
    var agent = start(config());
    assertThatThrownBy(() -> agent.registrar().up(" ", 1, "h:1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
