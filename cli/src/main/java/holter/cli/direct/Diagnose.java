package holter.cli.direct;

import holter.cli.Format;
import holter.cli.Holter;
import holter.cli.Refusal;
import holter.cli.Terminal;
import holter.diagnose.Diagnoser;
import holter.diagnose.Diagnosis;
import holter.diagnose.Observation;
import holter.server.ClusterAsk;
import holter.server.json.CoreJson;
import holter.server.kafka.Canary;
import holter.server.kafka.LaneSettings;
import holter.server.text.Tongue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holter diagnose}: cause, chain, evidence, what was ruled out, remedies. */
@Command(
    name = "diagnose",
    description = "Find what is sick in a cluster's channel. Only reads, unless --deep is given.",
    footer = {
      "",
      "Exit codes: 0 healthy, 10 channel, 11 instance, 12 both, 13 inconclusive, 3 cannot tell,",
      "4 denied."
    })
public final class Diagnose implements Callable<Integer> {
  /** Every source answers by then or is told as not asked; the whole takes 10 s at most. */
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(4500);

  private final Holter root;

  @Mixin private final DirectOptions options = new DirectOptions();

  @Option(
      names = "--deep",
      description = "Also write probe and canary records to Holter's own topic, holter-twin-TOPIC.")
  private boolean deep;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "A consumer group that is asked first, and missed when nobody lists it.")
  private String group = "";

  public Diagnose(Holter root) {
    this.root = root;
    QuietLogs.silence();
  }

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = root.terminal();
    options.logSource();
    options.logPlaces();
    if (terminal.format() == Format.TEXT) {
      terminal.progress("asking brokers, ZooKeeper, logs and hosts; at most 10 s");
    }
    try (Cluster cluster = Cluster.open(options)) {
      if (deep) {
        Twin.ensure(cluster, terminal);
        terminal.progress(
            "writing to %s only: probe records, and 2 canary records to each of at most %d leaders"
                .formatted(Cluster.twinOf(cluster.topic()), Canary.LEADERS_MAX));
      }
      List<Observation> seen = new ArrayList<>();
      try (LaneWatch watch = new LaneWatch(cluster, lanes(cluster.topic()), _ -> {})) {
        watch.start();
        ClusterAsk ask = new ClusterAsk(group, deep ? Cluster.twinOf(cluster.topic()) : "");
        seen.addAll(cluster.evidence(options, root.timeoutOr(DEFAULT_TIMEOUT), ask));
        watch.await(Duration.ofSeconds(3));
        seen.addAll(watch.paths());
      }
      Diagnosis diagnosis = Diagnoser.diagnose(seen, cluster.nowMs());
      int exit = Blame.exitOf(diagnosis, seen);
      print(terminal, new Told(cluster.map(), seen, diagnosis, exit));
      return exit;
    }
  }

  /** What is told in the end. */
  record Told(
      holter.channel.ClusterMap map, List<Observation> seen, Diagnosis diagnosis, int exit) {}

  private LaneSettings lanes(String topic) {
    LaneSettings reading = LaneWatch.reading(topic);
    return deep
        ? new LaneSettings(
            reading.topic(), reading.twin(), reading.every(), reading.deadline(), true)
        : reading;
  }

  private static void print(Terminal terminal, Told told) {
    if (terminal.format() == Format.TEXT) {
      terminal.out().println(new DiagnosisText(terminal, told));
      return;
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("apiVersion", "holter/v1");
    report.put("kind", "Diagnosis");
    report.put("topic", told.map().topic());
    report.put("exit", told.exit());
    report.put("diagnosis", told.diagnosis());
    report.put("map", told.map());
    report.put("evidence", told.seen());
    Tongue tongue = terminal.chinese() ? Tongue.ZH : Tongue.EN;
    try {
      String json = CoreJson.writer(tongue).withDefaultPrettyPrinter().writeValueAsString(report);
      terminal.print(CoreJson.mapper().readTree(json), () -> json);
    } catch (IOException e) {
      throw Refusal.cannotTell(
          "the diagnosis cannot be written as JSON", String.valueOf(e.getMessage()), "-o text");
    }
  }
}
