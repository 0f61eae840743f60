package holter.diagnose;

import static holter.diagnose.Evidence.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.ProbeOutcome;
import holter.fleet.InstanceId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F56 to F59: what orchestration brought about, beside what it did to the brokers. */
class NodeCausesTest {
  private static final String HOST = "iota-n2";
  private static final String NODE = "iota-m2";

  private static Evidence node(
      Evidence evidence, String node, boolean cordoned, double disk, String... conditions) {
    return evidence.add(
        Source.KUBERNETES,
        "kubernetes",
        new KubeFact.NodeSeen(
            node,
            cordoned,
            cordoned ? NOW_MS - 600_000 : -1,
            List.of(conditions),
            List.of(),
            disk));
  }

  private static Evidence pod(
      Evidence evidence, String pod, String node, String reason, String eligible, double bytes) {
    var only = eligible.isEmpty() ? List.<String>of() : List.of(eligible);
    return evidence.add(
        Source.KUBERNETES,
        "kubernetes",
        new KubeFact.PodSeen(pod, node, "Deployment/x", true, 0, reason, -1, only, bytes));
  }

  /** The founding incident: the network of 1001's host is full. */
  private static Evidence full() {
    return new Evidence()
        .map()
        .incidentPaths()
        .othersAnswer()
        .reach(1001, Reach.SLOW, 1_400)
        .calmPeers()
        .load(HOST, 12_000_000, 1_900);
  }

  @Test
  void aNodeShortOfDiskSendsItsPodsAway() {
    var evicting =
        pod(node(new Evidence(), NODE, false, 0.93, "DiskPressure"), "a", NODE, "Evicted", "", 0)
            .measured(Metric.DISK_USED_SHARE, NODE, 0.93);
    assertThat(Told.confirmed(evicting, CauseCode.F56).subject().name(What.NODE)).contains(NODE);
    Told.nothing(node(new Evidence(), NODE, false, 0.93, "DiskPressure"));
    Told.nothing(pod(node(new Evidence(), NODE, false, 0.4), "a", NODE, "Evicted", "", 0));
  }

  private static Evidence cordoned(double disk, String... conditions) {
    var evidence = node(full(), NODE, true, disk, conditions);
    for (int i = 0; i < 6; i++) {
      pod(evidence, "dac-" + i, HOST, "", "", 1_000);
    }
    return evidence;
  }

  @Test
  void aClosedNodeStandsBesideTheFullHostThatCarriesItsLoad() {
    var diagnosis = cordoned(0.4).diagnose();
    assertThat(Told.codes(diagnosis)).containsExactlyInAnyOrder(CauseCode.F04, CauseCode.F57);
    assertThat(diagnosis.first().orElseThrow().code()).isEqualTo(CauseCode.F04);
    var found = diagnosis.found().get(1);
    assertThat(found.confidence()).isEqualTo(Confidence.CONFIRMED);
    assertThat(found.subject().name(What.NODE)).contains(NODE);
    assertThat(Told.remedies(found).getFirst()).contains("uncordon node iota-m2");
  }

  @Test
  void whatClosedTheNodeIsNotCuredUnlessItIsKnownToBe() {
    for (var evidence :
        List.of(cordoned(0.4, "DiskPressure"), cordoned(0.9), cordoned(Double.NaN))) {
      var found =
          evidence.diagnose().found().stream()
              .filter(f -> f.code() == CauseCode.F57)
              .findFirst()
              .orElseThrow();
      assertThat(Told.remedies(found).getFirst()).contains("do not uncordon it yet");
    }
  }

  @Test
  void aClosedNodeWhosePodsNobodyCarriesIsMaintenance() {
    Told.nothing(pod(node(new Evidence(), NODE, true, 0.4), "dac-1", HOST, "", "", 1_000));
    var elsewhere = node(new Evidence(), NODE, true, 0.4);
    for (int i = 0; i < 6; i++) {
      pod(elsewhere, "dac-" + i, HOST, "", HOST, 1_000);
    }
    Told.nothing(elsewhere);
  }

  @Test
  void podsPinnedToOneHostFillItsNetwork() {
    var pinned = pod(full(), "savoir-recv-0", HOST, "", HOST, 9_000_000).diagnose();
    assertThat(Told.codes(pinned)).containsExactlyInAnyOrder(CauseCode.F04, CauseCode.F58);
    var found =
        pinned.found().stream().filter(f -> f.code() == CauseCode.F58).findFirst().orElseThrow();
    assertThat(found.confidence()).isEqualTo(Confidence.CONFIRMED);
    assertThat(found.subject().name(What.POD)).contains("savoir-recv-0");
    Told.not(pod(full(), "savoir-recv-0", HOST, "", HOST, 90_000), CauseCode.F58);
    Told.not(pod(full(), "savoir-recv-0", HOST, "", HOST, Double.NaN), CauseCode.F58);
    Told.not(pod(full(), "savoir-recv-0", HOST, "", "", 9_000_000), CauseCode.F58);
  }

  private static Evidence restarted(Evidence evidence, long probedMs) {
    return restarted(evidence, probedMs, 100);
  }

  private static Evidence restarted(Evidence evidence, long probedMs, long beatAgeMs) {
    long at = NOW_MS - 10_000;
    return evidence
        .add(
            Source.ORCHESTRATOR_LOGS,
            "watchdog",
            new Fact.Logged(
                LogSign.RESTARTED_FOR_SILENCE, "watchdog", -1, "dac-7", 1, at, at, "sample"))
        .add(
            Source.INSTANCE_PROBES,
            "holter",
            probedMs,
            new Fact.WorkerProbed(
                new InstanceId("dac-7"), new ProbeOutcome.Answered(1, 9, 200, 5, beatAgeMs)));
  }

  @Test
  void aWorkerThatAnsweredWhenItWasRestartedWasWell() {
    var found = Told.confirmed(restarted(new Evidence(), NOW_MS - 20_000), CauseCode.F59);
    assertThat(found.subject().instances()).containsExactly("dac-7");
    assertThat(Told.codes(restarted(full(), NOW_MS - 20_000).diagnose()))
        .contains(CauseCode.F04, CauseCode.F59);
  }

  @Test
  void anAnswerOfTheNewProcessSaysNothingOfTheOld() {
    Told.nothing(restarted(new Evidence(), NOW_MS - 2_000));
    Told.nothing(restarted(new Evidence(), NOW_MS - 20_000, 90_000));
    Told.not(restarted(new Evidence(), NOW_MS - 20_000).dead("dac-7"), CauseCode.F59);
  }
}
