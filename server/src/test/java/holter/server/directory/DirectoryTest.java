package holter.server.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DirectoryTest {
  private final Map<String, Route> disk = new HashMap<>();

  @Test
  void theFirstRegistrationOwnsTheDtu() {
    Directory directory = directory();
    assertThat(directory.apply(registration("dac-1", 10, 1, 1), "kafka"))
        .isInstanceOf(Directory.Outcome.Applied.class);
    assertThat(owner(directory)).isEqualTo("dac-1");
  }

  @Test
  void aNewSessionTakesTheDtuOverUnderTheNextEpoch() {
    Directory directory = directory();
    directory.apply(registration("dac-1", 10, 1, 1), "kafka");
    directory.apply(registration("dac-2", 11, 1, 1), "http");
    assertThat(java.util.Objects.requireNonNull(disk.get("d")).routeEpoch()).isEqualTo(2);
    assertThat(directory.apply(registration("dac-1", 10, 1, 9), "kafka"))
        .isEqualTo(new Directory.Outcome.Stale(2, "dac-2"));
    assertThat(owner(directory)).isEqualTo("dac-2");
  }

  @Test
  void theSameClaimByASecondWayIsADuplicateAndStands() {
    Directory directory = directory();
    directory.apply(registration("dac-1", 10, 1, 5), "kafka");
    assertThat(directory.apply(registration("dac-1", 10, 1, 5), "http"))
        .isInstanceOf(Directory.Outcome.Duplicate.class);
    assertThat(directory.apply(registration("dac-1", 10, 1, 4), "http"))
        .isInstanceOf(Directory.Outcome.Duplicate.class);
  }

  @Test
  void announcingAgainKeepsTheEpoch() {
    Directory directory = directory();
    directory.apply(registration("dac-1", 10, 1, 1), "kafka");
    directory.apply(registration("dac-1", 10, 1, 2), "kafka");
    assertThat(java.util.Objects.requireNonNull(disk.get("d")).routeEpoch()).isEqualTo(1);
  }

  @Test
  void aStaleDownDoesNothing() {
    Directory directory = directory();
    directory.apply(registration("dac-1", 10, 1, 1), "kafka");
    directory.apply(registration("dac-2", 11, 1, 1), "kafka");
    Registration down = new Registration("d", "dac-1", new Route.Fence(10, 1, 99), "h:1", false, 0);
    assertThat(directory.apply(down, "kafka")).isInstanceOf(Directory.Outcome.Stale.class);
    assertThat(directory.find("d").orElseThrow().route().up()).isTrue();
  }

  @Test
  void whatAnotherLeaderStoredHoldsAndWhatIsNewerIsStoredUnderTheNextEpoch() {
    AtomicBoolean leads = new AtomicBoolean();
    Directory replica =
        new Directory(
            List.of(),
            route -> leads.get() ? write(route) : CompletableFuture.failedFuture(new IOException()),
            () -> 1);
    replica.apply(registration("dac-2", 11, 1, 1), "kafka");
    assertThat(replica.find("d")).as("who stands by shows nothing of its own").isEmpty();
    leads.set(true);
    directory().apply(registration("dac-1", 10, 1, 1), "kafka");
    replica.recall(List.copyOf(disk.values()));
    assertThat(owner(replica)).as("newer than what was stored").isEqualTo("dac-2");
    assertThat(java.util.Objects.requireNonNull(disk.get("d")).routeEpoch()).isEqualTo(2);
    directory().apply(registration("dac-3", 12, 1, 1), "kafka");
    replica.recall(List.copyOf(disk.values()));
    assertThat(owner(replica)).as("older than what was stored").isEqualTo("dac-3");
    assertThat(java.util.Objects.requireNonNull(disk.get("d")).routeEpoch()).isEqualTo(3);
  }

  @Test
  void aRouteIsNotShownBeforeItIsOnDisk() {
    CompletableFuture<Void> written = new CompletableFuture<>();
    Directory directory = new Directory(List.of(), route -> written, () -> 1);
    directory.apply(registration("dac-1", 10, 1, 1), "kafka");
    assertThat(directory.find("d")).isEmpty();
    written.complete(null);
    assertThat(directory.find("d").orElseThrow().pending()).isFalse();
  }

  @Test
  void epochsGoOnAfterARestart() {
    directory().apply(registration("dac-1", 10, 1, 1), "kafka");
    Directory again = directory();
    again.apply(registration("dac-2", 12, 1, 1), "kafka");
    assertThat(java.util.Objects.requireNonNull(disk.get("d")).routeEpoch()).isEqualTo(2);
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderAndAnyDuplicatesEndWithTheNewestSessionAsOwner(long seed) {
    Random random = new Random(seed);
    List<Registration> all = new ArrayList<>();
    for (int session = 1; session <= 1 + random.nextInt(6); session++) {
      String owner = "dac-" + random.nextInt(3);
      for (int seq = 1; seq <= 1 + random.nextInt(4); seq++) {
        all.add(registration(owner, session, 1 + random.nextInt(2), seq));
      }
    }
    Registration newest = all.stream().max(Comparator.comparing(Registration::fence)).orElseThrow();
    List<Registration> arrivals = new ArrayList<>(all);
    for (int copy = random.nextInt(10); copy > 0; copy--) {
      arrivals.add(all.get(random.nextInt(all.size())));
    }
    Collections.shuffle(arrivals, random);
    Directory directory = directory();
    long epoch = 0;
    String owner = "";
    int changes = 0;
    for (Registration arrival : arrivals) {
      directory.apply(arrival, random.nextBoolean() ? "kafka" : "http");
      Route shown = directory.find("d").orElseThrow().route();
      changes += shown.instance().equals(owner) ? 0 : 1;
      owner = shown.instance();
      assertThat(shown.routeEpoch()).as("seed %s", seed).isGreaterThanOrEqualTo(epoch);
      epoch = shown.routeEpoch();
      if (random.nextInt(5) == 0) {
        directory = directory();
      }
    }
    Route last = directory.find("d").orElseThrow().route();
    assertThat(last.fence()).as("seed %s", seed).isEqualTo(newest.fence());
    assertThat(last.instance()).as("seed %s", seed).isEqualTo(newest.instance());
    assertThat(last.routeEpoch()).as("seed %s", seed).isEqualTo(changes);
  }

  @Test
  void registrationsAreReadAsTheWireHasThem() throws Exception {
    Registration read =
        new RegistrationReader()
            .read(
                bytes(
                    """
                    {"v":1,"kind":"registration","dtu":"a1","instance":"dac-07",
                     "incarnation":{"n":3,"boot":"5f"},"seq":17,"sessionEpoch":16,"new":true,
                     "address":"iota-n2:7400","state":"up","announcedWallMs":5}
                    """));
    assertThat(read)
        .isEqualTo(
            new Registration("a1", "dac-07", new Route.Fence(16, 3, 17), "iota-n2:7400", true, 5));
  }

  @Test
  void whatIsNoRegistrationIsGarbledAndSaysWhy() {
    RegistrationReader reader = new RegistrationReader();
    Map.of(
            "{",
            "not JSON",
            "[]",
            "kind",
            "{\"kind\":\"beat\"}",
            "kind",
            "{\"kind\":\"registration\",\"state\":\"sideways\"}",
            "state",
            "{\"kind\":\"registration\",\"state\":\"up\",\"incarnation\":{\"n\":1},\"seq\":1,"
                + "\"sessionEpoch\":1,\"instance\":\"i\"}",
            "dtu",
            "{\"kind\":\"registration\",\"state\":\"up\",\"dtu\":\"d\",\"instance\":\"i\","
                + "\"incarnation\":{\"n\":1},\"seq\":1,\"sessionEpoch\":-4}",
            "sessionEpoch")
        .forEach(
            (json, why) ->
                assertThatThrownBy(() -> reader.read(bytes(json)))
                    .as(json)
                    .isInstanceOf(RegistrationReader.Garbled.class)
                    .hasMessageContaining(why));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Directory directory() {
    return new Directory(List.copyOf(disk.values()), this::write, () -> 1);
  }

  private CompletableFuture<Void> write(Route route) {
    disk.put(route.dtu(), route);
    return CompletableFuture.completedFuture(null);
  }

  private static String owner(Directory directory) {
    return directory.find("d").orElseThrow().route().instance();
  }

  private static Registration registration(String owner, long session, long life, long seq) {
    return new Registration("d", owner, new Route.Fence(session, life, seq), "h:7400", true, 5);
  }
}
