package holter.cli.direct;

import holter.channel.TwinName;
import holter.cli.DurationText;
import holter.cli.Holter;
import holter.cli.Refusal;
import holter.cli.Terminal;
import holter.server.kafka.LaneSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holter probe}: ping for partitions. Being called is the consent to write. */
@Command(
    name = "probe",
    description = {
      "Ping every partition. Writes, to a topic of Holter's own.",
      "A tiny record goes to holter-twin-TOPIC, which has the same leaders, and is waited for until"
          + " it is read back. Runs until Ctrl-C, or COUNT rounds."
    })
public final class Probe implements Callable<Integer> {
  /** With no count, this is for ever: a round each second for 30 years. */
  private static final int ENDLESS = 1_000_000_000;

  private final Holter root;

  @Mixin private final DirectOptions options = new DirectOptions();

  @Option(names = "--partition", paramLabel = "N", split = ",", description = "Only these.")
  private List<Integer> partitions = new ArrayList<>();

  @Option(
      names = {"-c", "--count"},
      paramLabel = "COUNT",
      description = "Rounds (default: until Ctrl-C).")
  private int count = ENDLESS;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Time between two rounds, at least 50ms (default: 1s).")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "When an unanswered record counts as lost (default: 2s).")
  private Duration deadline = Duration.ofSeconds(2);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
  private CommandSpec spec;

  public Probe(Holter root) {
    this.root = root;
    QuietLogs.silence();
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!spec.commandLine().getParseResult().hasMatchedOption("--bootstrap-server")) {
      throw BundleOption.missing(spec);
    }
    Terminal terminal = root.terminal();
    LaneSettings settings = settings();
    if (count < 1) throw Refusal.usage("no count " + count, "at least one round", "-c 10");
    try (Cluster cluster = Cluster.open(options)) {
      Set<Integer> wanted = wanted(cluster);
      Twin.ensure(cluster, terminal, Twin.DEADLINE);
      ProbeLog log = new ProbeLog(terminal, cluster.map(), wanted, count);
      // Ctrl-C ends the process through its shutdown hooks; the summary is printed once.
      Runtime.getRuntime().addShutdownHook(new Thread(log::summarise, "summary"));
      try (LaneWatch watch = new LaneWatch(cluster, settings, log::take)) {
        watch.start();
        log.await(limit());
      }
      log.summarise();
      return log.exit();
    }
  }

  private Duration limit() {
    Duration rounds = interval.multipliedBy(Math.min(count, ENDLESS)).plus(deadline);
    return root.timeoutOr(rounds.plusSeconds(5));
  }

  private LaneSettings settings() {
    try {
      String topic = options.topic();
      return new LaneSettings(topic, TwinName.of(topic), interval, deadline, true);
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(
          "these lanes cannot run", String.valueOf(e.getMessage()), "-i 1s --deadline 2s");
    }
  }

  private Set<Integer> wanted(Cluster cluster) {
    Set<Integer> present = new HashSet<>();
    cluster.map().partitions().forEach(p -> present.add(p.partition()));
    if (partitions.isEmpty()) return present;
    for (int partition : partitions) {
      if (!present.contains(partition)) {
        throw Refusal.usage(
            "no partition %d of %s".formatted(partition, cluster.topic()),
            "it has " + present.size(),
            "--partition 0");
      }
    }
    return Set.copyOf(partitions);
  }
}
