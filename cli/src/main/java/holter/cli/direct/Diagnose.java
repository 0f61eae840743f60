package holter.cli.direct;

import holter.channel.ClusterMap;
import holter.channel.TwinName;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
  /** Every source answers by then or is told as not asked. */
  private static final Duration SOURCE = Duration.ofMillis(4500);

  /** All of it, from the start of the process. */
  private static final Duration WHOLE = Duration.ofSeconds(10);

  /** What is left for asking when Holter's topic is made, however slow that is. */
  private static final Duration ASKING = Duration.ofSeconds(4);

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

  @Mixin private final BundleOption bundle = new BundleOption();

  @Mixin private final Watching watching = new Watching();

  @Option(
      names = "--save",
      paramLabel = "DIR|FILE.tar.gz",
      description = "Save what was collected, without secrets; read it again with --bundle.")
  private @Nullable Path save;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  private CommandSpec spec;

  public Diagnose(Holter root) {
    this.root = root;
    QuietLogs.silence();
  }

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = root.terminal();
    Optional<Path> stored = bundle.given(spec, "--deep", "--save", "--watch", "--for", "--timeout");
    if (stored.isPresent()) {
      Told told = Told.of(Evidence.bundle(stored.get())).untimed();
      print(terminal, told);
      return told.exit();
    }
    options.logSource();
    options.logPlaces();
    if (terminal.format() == Format.TEXT) {
      terminal.progress("asking brokers, ZooKeeper, logs and hosts; at most 10 s");
    }
    Budget first = root.timeout().map(Budget::unbounded).orElse(Budget.fromStart(WHOLE, SOURCE));
    var budgets = new ArrayDeque<>(List.of(first));
    try (Cluster cluster = Cluster.open(options)) {
      if (deep) {
        Twin.ensure(cluster, terminal, first.left(Twin.DEADLINE, ASKING));
        terminal.progress(
            "writing to %s only: probe records, and 2 canary records to each of at most %d leaders"
                .formatted(TwinName.of(cluster.topic()), Canary.LEADERS_MAX));
      }
      return watching.run(
          () -> look(cluster, terminal, budgets.isEmpty() ? again() : budgets.pop()));
    }
  }

  private Budget again() {
    return root.timeout().map(Budget::unbounded).orElse(Budget.fromNow(WHOLE, SOURCE));
  }

  private Watching.Look look(Cluster cluster, Terminal terminal, Budget budget)
      throws InterruptedException {
    String canaries = deep ? TwinName.of(cluster.topic()) : "";
    ClusterAsk ask = new ClusterAsk(group, canaries).andSenders();
    Evidence evidence =
        Evidence.live(cluster, options, lanes(cluster.topic()), new Evidence.Asking(budget, ask));
    Told told = Told.of(evidence);
    Path to = save;
    if (to != null) Saving.save(evidence, to, false, terminal);
    return new Watching.Look(told.sign(), () -> print(terminal, told), told.exit());
  }

  /**
   * What is told in the end.
   *
   * @param computeMs how long the reasoning took, without any collecting; −1 of a bundle, whose
   *     answer is the same byte for byte whenever it is read
   */
  record Told(Evidence evidence, Diagnosis diagnosis, int exit, long computeMs) {
    static Told of(Evidence evidence) {
      long startedNs = System.nanoTime();
      Diagnosis diagnosis = Diagnoser.diagnose(evidence.seen(), evidence.nowMs());
      int exit = Blame.exitOf(diagnosis, evidence.seen());
      return new Told(evidence, diagnosis, exit, (System.nanoTime() - startedNs) / 1_000_000);
    }

    Told untimed() {
      return new Told(evidence, diagnosis, exit, -1);
    }

    ClusterMap map() {
      return evidence.map();
    }

    List<Observation> seen() {
      return evidence.seen();
    }

    /** What a watch compares: causes, how sure, whom they are about, and the exit code. */
    String sign() {
      return exit
          + " "
          + diagnosis.found().stream()
              .map(f -> f.code() + " " + f.confidence() + " " + f.over() + " " + f.subject())
              .toList();
    }
  }

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
    if (told.computeMs() >= 0) report.put("took", Map.of("computeMs", told.computeMs()));
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
