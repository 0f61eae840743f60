package holter.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.KubeNode.Condition;
import holter.remedy.KubeNode.Cordon;
import holter.remedy.KubeNode.Disk;
import holter.remedy.KubeNode.NodeEvent;
import holter.remedy.KubeNode.Taint;
import holter.remedy.Recovery.Clause;
import holter.remedy.Recovery.Mark;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecoveryTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long MIN = 60_000;
  private static final double GIB = 1L << 30;
  private static final Disk ROOMY = new Disk(100 * GIB, 40 * GIB, 100 * GIB, 40 * GIB, 0.1, -10);

  private static List<Condition> well(long readyMin, long diskMin) {
    return List.of(
        new Condition("Ready", "True", NOW - readyMin * MIN),
        new Condition("DiskPressure", "False", NOW - diskMin * MIN),
        new Condition("MemoryPressure", "False", NOW - 90 * MIN));
  }

  private static KubeNode node(
      String by, List<Condition> conditions, long leaseMs, Disk disk, List<NodeEvent> events) {
    return new KubeNode(
        "iota-m2",
        "u1",
        new KubeNode.Room(110, 4000, (long) (16 * GIB), 1e8, 1e7),
        Optional.of(new Cordon(by, NOW - 600 * MIN)),
        List.of(new Taint(Landing.CORDON, "", "NoSchedule")),
        conditions,
        leaseMs,
        disk,
        events,
        Set.of("kubernetes.io/hostname", "node.alpha.kubernetes.io/ttl"));
  }

  private static KubeNode with(Disk disk) {
    return node("kubectl", well(60, 40), 5_000, disk, List.of());
  }

  private static void only(KubeNode node, Clause clause, Mark mark, String says) {
    var verdict = Recovery.judge(node, NOW, GIB);
    assertThat(verdict.recovered()).isFalse();
    assertThat(verdict.missing()).hasSize(1);
    var found = verdict.missing().getFirst();
    assertThat(found.clause()).isEqualTo(clause);
    assertThat(found.mark()).isEqualTo(mark);
    assertThat(found.evidence().english()).contains(says);
  }

  @Test
  void theIncidentsNodeThatAPersonClosedHasRecovered() {
    var verdict = Recovery.judge(with(ROOMY), NOW, GIB);
    assertThat(verdict.missing()).isEmpty();
    assertThat(verdict.recovered()).isTrue();
    assertThat(verdict.found()).hasSize(Clause.values().length);
    assertThat(verdict.found().getFirst().evidence().english())
        .isEqualTo("Ready=True for 60 min, DiskPressure=False for 40 min, lease renewed 5 s ago");
  }

  @Test
  void halfAnHourOfHealthIsAskedFor() {
    only(
        node("kubectl", well(60, 29), 0, ROOMY, List.of()),
        Clause.CONDITIONS,
        Mark.FAILS,
        "for 29 min only");
    only(
        node("kubectl", well(29, 60), 0, ROOMY, List.of()),
        Clause.CONDITIONS,
        Mark.FAILS,
        "Ready=True for 29 min");
    only(
        node("kubectl", well(60, 60), 41_000, ROOMY, List.of()),
        Clause.CONDITIONS,
        Mark.FAILS,
        "lease");
  }

  @Test
  void whatIsNotToldIsNotRecovered() {
    var conditions = List.of(new Condition("Ready", "True", NOW - 60 * MIN));
    only(
        node("kubectl", conditions, 0, ROOMY, List.of()),
        Clause.CONDITIONS,
        Mark.UNKNOWN,
        "DiskPressure is not told");
    only(
        node("kubectl", well(60, 60), -1, ROOMY, List.of()),
        Clause.CONDITIONS,
        Mark.UNKNOWN,
        "lease");
    only(
        node("kubectl", well(60, 60), 0, ROOMY, List.of(NodeEvent.UNREAD)),
        Clause.QUIET,
        Mark.UNKNOWN,
        "could not be read");
    only(node("", well(60, 60), 0, ROOMY, List.of()), Clause.OWNER, Mark.UNKNOWN, "is not told");
    only(
        with(new Disk(100 * GIB, 40 * GIB, Double.NaN, Double.NaN, 0.1, 0)),
        Clause.SPACE,
        Mark.UNKNOWN,
        "imagefs");
    only(
        with(new Disk(100 * GIB, 40 * GIB, 100 * GIB, 40 * GIB, 0.1, Double.NaN)),
        Clause.TREND,
        Mark.UNKNOWN,
        "grows is not known");
  }

  @Test
  void aDiskThatIsStillFullOrFillingIsNotRecovered() {
    only(
        with(new Disk(100 * GIB, 75 * GIB, 100 * GIB, 40 * GIB, 0.1, 0)),
        Clause.SPACE,
        Mark.FAILS,
        "nodefs is 75 % used");
    only(
        with(new Disk(100 * GIB, 40 * GIB, 100 * GIB, 40 * GIB, 0.9, 0)),
        Clause.SPACE,
        Mark.FAILS,
        "inodes is 90 % used");
    only(
        with(new Disk(2 * GIB, GIB, 1.5 * GIB, GIB, 0.1, 0)),
        Clause.SPACE,
        Mark.FAILS,
        "512 MiB are free, 1024 MiB are about to land");
    only(
        with(new Disk(100 * GIB, 40 * GIB, 100 * GIB, 40 * GIB, 0.1, 60 * GIB / 82_800)),
        Clause.TREND,
        Mark.FAILS,
        "full in 23 h");
    assertThat(
            Recovery.judge(
                    with(new Disk(100 * GIB, 40 * GIB, 100 * GIB, 40 * GIB, 0.1, 1)), NOW, GIB)
                .recovered())
        .isTrue();
  }

  @Test
  void aFailedCleanUpIsRememberedForHalfAnHour() {
    var young = List.of(new NodeEvent("ImageGCFailed", NOW - 12 * MIN));
    only(
        node("kubectl", well(60, 60), 0, ROOMY, young),
        Clause.QUIET,
        Mark.FAILS,
        "ImageGCFailed 12 min ago");
    var old = List.of(new NodeEvent("ImageGCFailed", NOW - 31 * MIN));
    assertThat(Recovery.judge(node("kubectl", well(60, 60), 0, ROOMY, old), NOW, GIB).recovered())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "weave.works/kured-reboot-in-progress, kured",
    "skyhook.nvidia.com/status_x, nodewright",
    "remediation.medik8s.io/excluded, NodeHealthCheck",
    "draino/drain-retry, draino",
    "cluster.x-k8s.io/machine, Cluster API",
    "karpenter.sh/disrupted, karpenter",
    "ToBeDeletedByClusterAutoscaler, cluster-autoscaler",
    "DeletionCandidateOfClusterAutoscaler, cluster-autoscaler",
    "example.com/maintenance-window, maintenance"
  })
  void aNodeThatAToolOwnsIsNotOurs(String mark, String owner) {
    var free = with(ROOMY);
    var owned =
        new KubeNode(
            free.name(),
            free.uid(),
            free.room(),
            free.cordon(),
            free.taints(),
            free.conditions(),
            free.leaseAgeMs(),
            free.disk(),
            free.events(),
            Set.of(mark));
    only(owned, Clause.OWNER, Mark.FAILS, owner);
  }

  @ParameterizedTest
  @CsvSource({
    "kured, FAILS",
    "cluster-autoscaler, FAILS",
    "kubelet, FAILS",
    "holter-remedy, FAILS",
    "node-fetch, UNKNOWN"
  })
  void whoClosedItMustBeAPerson(String by, Mark mark) {
    only(node(by, well(60, 60), 0, ROOMY, List.of()), Clause.OWNER, mark, "closed by");
  }

  @Test
  void anotherTaintOrAFaultOfTheKernelSpeaksAgainstIt() {
    var conditions =
        List.of(
            well(60, 60).get(0),
            well(60, 60).get(1),
            new Condition("ReadonlyFilesystem", "True", NOW - 5 * MIN));
    only(
        node("kubectl", conditions, 0, ROOMY, List.of()),
        Clause.QUIET,
        Mark.FAILS,
        "ReadonlyFilesystem=True");
    var free = with(ROOMY);
    var tainted =
        new KubeNode(
            free.name(),
            free.uid(),
            free.room(),
            free.cordon(),
            List.of(new Taint("dedicated", "db", "NoSchedule")),
            free.conditions(),
            free.leaseAgeMs(),
            free.disk(),
            free.events(),
            free.marks());
    only(tainted, Clause.TAINTS, Mark.FAILS, "taint dedicated: NoSchedule");
  }
}
