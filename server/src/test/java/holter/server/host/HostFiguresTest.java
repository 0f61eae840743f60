package holter.server.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import holter.diagnose.Fact;
import holter.diagnose.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The pages were printed by node_exporter 1.5.0 of Debian 12, some seconds apart. */
final class HostFiguresTest {
  private static String page(int number) throws IOException {
    String name = "/holter/node_exporter/1.5.0-" + number + ".txt";
    try (var in = HostFiguresTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<Metric, Double> figures(List<Fact.Measured> measured) {
    var figures = new HashMap<Metric, Double>();
    measured.forEach(m -> figures.put(m.metric(), m.value()));
    return figures;
  }

  @Test
  void aRealExportersPagesTellEveryFigureOfTheHost() throws IOException {
    HostReading before = ExporterText.read(page(1), 10_000, 5);
    HostReading after = ExporterText.read(page(2), 14_000, 5);
    var figures = figures(after.measured(before, "h"));
    assertThat(figures.keySet())
        .contains(
            Metric.CPU_STALLED_SHARE,
            Metric.IO_STALLED_SHARE,
            Metric.MEMORY_STALLED_SHARE,
            Metric.CPU_STEAL_SHARE,
            Metric.MAJOR_FAULTS_PER_S,
            Metric.SWAP_PER_S,
            Metric.LOAD_PER_CPU,
            Metric.DISK_USED_SHARE,
            Metric.INODES_USED_SHARE,
            Metric.DISK_AWAIT_MS,
            Metric.DISK_READ_BYTES_PER_S)
        .doesNotContain(Metric.CPU_THROTTLED_SHARE); // no exporter of a node tells of groups
    assertThat(figures.get(Metric.INODES_USED_SHARE)).isCloseTo(0.026, within(0.01));
    assertThat(figures.get(Metric.DISK_AWAIT_MS)).isPositive();
    assertThat(after.aheadMs()).isGreaterThan(1e12); // the pages' clock against ours of 14 s
  }

  private static HostFigures with(double periods, double throttled, double sent, double again) {
    return new HostFigures(
        Map.of(HostFigures.Count.SEGMENTS_SENT, sent, HostFigures.Count.SEGMENTS_SENT_AGAIN, again),
        Map.of("sda", new HostFigures.Disk(sent, sent / 10, sent * 512)),
        List.of(new HostFigures.Space(0.4, Double.NaN), new HostFigures.Space(0.93, 0.2)),
        Map.of("/kafka", new HostFigures.Group(periods, throttled)),
        8,
        2);
  }

  @Test
  void sharesAreOfWhatHappenedBetweenTwoReadings() {
    var figures = with(200, 90, 1_200, 130).since(with(100, 10, 200, 30), 10, 20);
    assertThat(figures)
        .containsEntry(Metric.CPU_THROTTLED_SHARE, 0.8)
        .containsEntry(Metric.RETRANSMITTED_SHARE, 0.1)
        .containsEntry(Metric.DISK_AWAIT_MS, 100.0)
        .containsEntry(Metric.DISK_USED_SHARE, 0.93)
        .containsEntry(Metric.INODES_USED_SHARE, 0.2)
        .containsEntry(Metric.LOAD_PER_CPU, 4.0)
        .doesNotContainKey(Metric.CPU_STALLED_SHARE);
  }

  @Test
  void chanceAndRestartedCountersAreNotTold() {
    assertThat(with(100, 10, 205, 32).since(with(100, 10, 200, 30), 10, 20))
        .doesNotContainKeys(
            Metric.CPU_THROTTLED_SHARE, Metric.RETRANSMITTED_SHARE, Metric.DISK_AWAIT_MS);
    assertThat(with(1, 0, 2, 0).since(with(100, 10, 200, 30), 10, 20))
        .doesNotContainKeys(Metric.CPU_THROTTLED_SHARE, Metric.DISK_READ_BYTES_PER_S);
  }

  @Test
  void bothVersionsOfControlGroupsAreRead() {
    var one =
        Map.of(
            "/sys/fs/cgroup/cpu/k/cpu.stat", "nr_periods 10\nnr_throttled 4\nthrottled_time 9\n");
    var two =
        Map.of(
            "/sys/fs/cgroup/k.slice/cpu.stat",
            "usage_usec 5\nnr_periods 10\nnr_throttled 4\nthrottled_usec 9\n");
    for (var files : List.of(one, two)) {
      assertThat(new ProcText(files).reading(0, 0, 0).figures().groups().values())
          .containsExactly(new HostFigures.Group(10, 4));
    }
  }
}
