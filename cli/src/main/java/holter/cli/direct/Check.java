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
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holter check}: one line per area; quiet when fine, wordy when broken. Only reads. */
@Command(
    name = "check",
    description =
        "Check a cluster's channel area by area. Only reads; installs and creates nothing.")
public final class Check implements Callable<Integer> {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(4);

  private final Holter root;

  @Mixin private final DirectOptions options = new DirectOptions();

  @Mixin private final BundleOption bundle = new BundleOption();

  @Mixin private final Watching watching = new Watching();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  private CommandSpec spec;

  public Check(Holter root) {
    this.root = root;
    QuietLogs.silence();
  }

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = root.terminal();
    Optional<Path> stored = bundle.given(spec, "--watch", "--for", "--timeout");
    if (stored.isPresent()) {
      Evidence evidence = Evidence.bundle(stored.get());
      if (terminal.format() == Format.TEXT) terminal.out().println(context(evidence.map()));
      Watching.Look look = look(terminal, evidence, 0);
      look.print().run();
      return look.exit();
    }
    options.logSource(); // a mistake in it is told before anything is asked
    try (Cluster cluster = Cluster.open(options)) {
      if (terminal.format() == Format.TEXT) terminal.out().println(context(cluster.map()));
      return watching.run(
          () -> {
            long startedNs = System.nanoTime();
            Evidence evidence =
                Evidence.live(
                    cluster,
                    options,
                    LaneWatch.reading(cluster.topic()),
                    Evidence.Asking.reading(root.timeoutOr(DEFAULT_TIMEOUT)));
            return look(terminal, evidence, (System.nanoTime() - startedNs) / 1_000_000);
          });
    }
  }

  private static Watching.Look look(Terminal terminal, Evidence evidence, long tookMs) {
    List<Area> areas =
        new Checks(evidence.map(), evidence.seen(), evidence.samples(), terminal.chinese()).areas();
    int exit = exitOf(areas, evidence.seen());
    Runnable print =
        () ->
            terminal.print(
                report(evidence, areas, exit, tookMs),
                () -> new CheckText(terminal, areas, tookMs, exit).toString());
    return new Watching.Look(sign(areas), print, exit);
  }

  /** What a watch compares: whom each area finds amiss; figures always differ. */
  private static String sign(List<Area> areas) {
    return areas.stream()
        .map(
            area ->
                area.name()
                    + area.findings().stream()
                        .filter(f -> f.result() != Result.PASS)
                        .map(f -> f.result() + " " + f.subject())
                        .toList())
        .toList()
        .toString();
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
      Evidence evidence, List<Area> areas, int exit, long tookMs) {
    ClusterMap map = evidence.map();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("apiVersion", "holter/v1");
    report.put("kind", "CheckReport");
    report.put("at", Ages.moment(evidence.nowMs(), evidence.zone()));
    report.put("topic", map.topic());
    report.put("partitions", map.partitions().size());
    report.put("brokers", map.brokers().size());
    report.put("exit", exit);
    report.put("tookMs", tookMs);
    report.put("areas", areas);
    return report;
  }
}
