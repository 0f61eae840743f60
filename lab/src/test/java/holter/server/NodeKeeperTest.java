package holter.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import holter.channel.PathState;
import holter.diagnose.CauseCode;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.Subject;
import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.View;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.ThreeNodes;
import holter.lab.kube.control.Pace;
import holter.remedy.Earned;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Step;
import holter.server.config.ConfigFile;
import holter.server.config.HolterConfig;
import holter.server.kube.KubeCluster;
import holter.server.remedy.Journal;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.RemedyDesk;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** n1 is crowded by two proxies, n2 has room, n3 is closed. */
@Timeout(180)
final class NodeKeeperTest {
  private static final double NIC = 125e6;
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path dir;

  private final List<String> noted = new CopyOnWriteArrayList<>();
  private final AtomicLong clock = new AtomicLong();
  private final EngineClock engine = new EngineClock();

  private static ThreeNodes crowded() {
    var stage = new ThreeNodes(Pace.QUICK);
    stage.sim().figures().network("default", "proxy", 1e6, 55e6);
    stage.closed("n2");
    stage.closed("n3");
    stage.serving(Workload.of("proxy", 2));
    stage.scene().uncordon("n2");
    await()
        .atMost(SOON)
        .until(() -> !stage.node("n2").path("spec").toString().contains("unschedulable"));
    return stage;
  }

  private HolterConfig config(ThreeNodes stage) throws IOException {
    Path kubeconfig = stage.sim().writeKubeconfig(dir.resolve("kubeconfig"));
    String yaml =
        """
        cluster: sim
        kafka: { bootstrapServers: ["127.0.0.1:1"] }
        kubernetes: { kubeconfig: "%s" }
        remedies: { kubernetes: auto, autoKinds: [evict], plans: "%s", healthyFor: 3s }
        """
            .formatted(kubeconfig, dir.resolve("plans"));
    return ConfigFile.read(Files.writeString(dir.resolve("holter.yaml"), yaml));
  }

  private PlanFolder folder() {
    return new PlanFolder(dir.resolve("plans"));
  }

  private View view() {
    var crowd =
        new Diagnosis.Found(
            CauseCode.F58,
            Confidence.LIKELY,
            0.9,
            false,
            new Subject(List.of(), -1, "n1", List.of()),
            List.of(),
            List.of(),
            List.of());
    var incident =
        new Incident(
            "inc-0001",
            1,
            -1,
            Subject.NONE,
            new Diagnosis(List.of(crowd), List.of(), List.of(), List.of()),
            List.of(),
            List.of(load("n1"), load("n2"), load("n3")),
            List.of(),
            List.of());
    var path = new View.Partition(0, 1, "n1", new PathState.Healthy(1), 1, 1, 1);
    var nothing = new View.Counters(0, 0, 0, 0, 0);
    return new View(1, true, false, List.of(), List.of(path), null, List.of(incident), nothing);
  }

  private static Observation load(String host) {
    var load = new Fact.HostLoad(host, 1e6, 1e6, NIC, Double.NaN, Double.NaN, Double.NaN, 1);
    return new Observation(Source.HOST_METRICS, host, 1, load);
  }

  private void hear(Input input) {
    noted.add(((Input.Noted) input).what().english());
  }

  /** Plans with an eviction that somebody consented to, and that helped. */
  private void helped(int times) throws IOException {
    Sentence words = Sentence.quote("x");
    for (int n = 0; n < times; n++) {
      var act = new KubeAct.Evict("default", "old-" + n, "uid-" + n, "default/old", "n1", "n2");
      var step = new Step(1, act, words, words, 1_000);
      var plan =
          new Plan(
              "p0old" + n,
              "127.0.0.1:1",
              "HeartBeat",
              Set.of(),
              List.of(step),
              List.of(),
              List.of(),
              List.of(),
              n,
              n + 1);
      folder().save(plan);
      Journal journal = folder().journal(plan);
      journal.add(new JournalEntry(n, Deed.CONSENTED, 0, plan.hash() + " by ops"));
      journal.add(new JournalEntry(n, Deed.INTENDED, 1, ""));
      journal.add(new JournalEntry(n, Deed.DONE, 1, ""));
      journal.add(new JournalEntry(n, Deed.CURED, 0, "well"));
    }
  }

  private RemedyDesk desk(HolterConfig config) {
    var around =
        new RemedyDesk.Around(
            this::view, () -> true, () -> clock.addAndGet(1_000), config.remedies().healthyFor());
    return new RemedyDesk(folder(), new Workshop(config, this::view), around);
  }

  private NodeKeeper keeper(HolterConfig config, RemedyDesk desk) {
    KubeCluster cluster = Opening.rooms(config).orElseThrow();
    var around = new LeaderKeeper.Around(this::view, () -> true, this::hear, engine);
    return new NodeKeeper(config, cluster, around, desk);
  }

  private void awaitNoted(String part) {
    await().atMost(SOON).until(() -> noted.stream().anyMatch(line -> line.contains(part)));
  }

  private static List<String> nodes(ThreeNodes stage) {
    return stage.pods("proxy").stream()
        .map((JsonNode pod) -> pod.at("/spec/nodeName").asText())
        .sorted()
        .toList();
  }

  @Test
  void aPodLeavesTheCrowdedHostUnaskedOnceEvictionsHaveEarnedIt() throws Exception {
    try (var stage = crowded()) {
      HolterConfig config = config(stage);
      helped(Earned.PLANS);
      assertThat(nodes(stage)).containsExactly("n1", "n1");
      try (var desk = desk(config);
          var keeper = keeper(config, desk)) {
        keeper.start();
        awaitNoted("make room on n1");
        Plan plan = folder().plans().getFirst();
        await()
            .atMost(SOON)
            .until(
                () ->
                    folder().journal(plan).entries().stream()
                        .anyMatch(entry -> entry.deed() == Deed.CURED));
        assertThat(folder().journal(plan).entries().getFirst().detail())
            .isEqualTo(plan.hash() + " standing, by remedies.kubernetes: auto");
        assertThat(nodes(stage)).containsExactly("n1", "n2");
        assertThat(noted).noneMatch(line -> line.contains("not begun unasked"));
      }
    }
  }

  @Test
  void whatHasNotEarnedItIsSuggestedAndTheIncidentSaysHowFarItIs() throws Exception {
    try (var stage = crowded()) {
      HolterConfig config = config(stage);
      helped(Earned.PLANS - 1);
      List<String> before = stage.sim().written();
      try (var desk = desk(config);
          var keeper = keeper(config, desk)) {
        keeper.start();
        awaitNoted("nobody has consented yet; to apply it: holter remedy apply");
        awaitNoted("of the plans with evict, 2 in a row helped, and 3 must have");
        assertThat(folder().journal(folder().plans().getFirst()).entries()).isEmpty();
        assertThat(stage.sim().written()).isEqualTo(before);
        assertThat(nodes(stage)).containsExactly("n1", "n1");
      }
    }
  }
}
