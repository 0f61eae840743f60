package holter.cli.direct;

import holter.channel.ClusterMap;
import holter.cli.Ages;
import holter.cli.Exit;
import holter.cli.Format;
import holter.cli.Holter;
import holter.cli.Terminal;
import holter.cli.Version;
import holter.cli.direct.Finding.Result;
import holter.diagnose.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holter check}: one line per area; quiet when fine, wordy when broken. Only reads. */
@Command(
    name = "check",
    description =
        "Check a cluster's channel area by area. Only reads; installs and creates nothing.")
public final class Check implements Callable<Integer> {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(4);

  private final Holter root;

  @Mixin private final DirectOptions options = new DirectOptions();

  public Check(Holter root) {
    this.root = root;
    QuietLogs.silence();
  }

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = root.terminal();
    options.logSource(); // a mistake in it is told before anything is asked
    long startedNs = System.nanoTime();
    try (Cluster cluster = Cluster.open(options);
        LaneWatch watch = new LaneWatch(cluster, LaneWatch.reading(cluster.topic()), _ -> {})) {
      watch.start();
      ClusterMap map = cluster.map();
      if (terminal.format() == Format.TEXT) terminal.out().println(context(map));
      List<Observation> seen =
          new ArrayList<>(cluster.evidence(options, root.timeoutOr(DEFAULT_TIMEOUT)));
      watch.await(Duration.ofSeconds(3));
      seen.addAll(watch.paths());
      List<Area> areas =
          new Checks(cluster.map(), seen, watch.samples(), terminal.chinese()).areas();
      long tookMs = (System.nanoTime() - startedNs) / 1_000_000;
      int exit = exitOf(areas, seen);
      terminal.print(
          report(map, areas, exit, tookMs),
          () -> new CheckText(terminal, areas, tookMs, exit).toString());
      return exit;
    }
  }

  private static String context(ClusterMap map) {
    return "%s · %s · %s · holter %s"
        .formatted(
            map.topic(),
            counted(map.partitions().size(), "partition"),
            counted(map.brokers().size(), "broker"),
            Version.ofHolter());
  }

  private static String counted(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /**
   * Findings are 1; when no path could be judged, nothing can be told, or reading was denied; what
   * was not asked is 0.
   */
  static int exitOf(List<Area> areas, List<Observation> seen) {
    boolean failed = areas.stream().anyMatch(area -> area.result() == Result.FAIL);
    if (failed) return Exit.FINDINGS;
    boolean blind =
        areas.stream()
            .filter(area -> area.name().equals("path"))
            .anyMatch(area -> area.count(Result.PASS) == 0);
    if (!blind) return Exit.OK;
    return Rights.denied(seen) ? Exit.DENIED : Exit.CANNOT_TELL;
  }

  private static Map<String, Object> report(
      ClusterMap map, List<Area> areas, int exit, long tookMs) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("apiVersion", "holter/v1");
    report.put("kind", "CheckReport");
    report.put("at", Ages.moment(System.currentTimeMillis()));
    report.put("topic", map.topic());
    report.put("partitions", map.partitions().size());
    report.put("brokers", map.brokers().size());
    report.put("exit", exit);
    report.put("tookMs", tookMs);
    report.put("areas", areas);
    return report;
  }
}
