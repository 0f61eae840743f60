package holter.lab.stage;

import holter.lab.cases.Case;
import holter.lab.cases.Dose;
import holter.lab.cases.Given;
import holter.lab.fleet.LabClock;
import holter.lab.process.Children;
import holter.lab.process.HolterHome;
import holter.lab.process.LabException;
import holter.lab.process.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays one case to its end: builds its world, strikes, makes sure, and asks Holter. */
public final class CasePlay {
  private final Case given;
  private final Consumer<String> progress;
  private final @Nullable Recorder recorder;

  /** Takes the evidence of an answer of a live case. */
  @FunctionalInterface
  public interface Recorder {
    /**
     * @param bundle what {@code --save} wrote; gone after this call
     */
    void keep(boolean deep, Path bundle);
  }

  /**
   * @param recorder null where nothing is recorded
   */
  public CasePlay(Case given, Consumer<String> progress, @Nullable Recorder recorder) {
    this.given = given;
    this.progress = progress;
    this.recorder = recorder;
  }

  /**
   * What came of it.
   *
   * @param confirmed each injection, and whether the lab saw it; empty for a bundle
   * @param counts what each client counted by the end
   * @param answers none when the case is void
   */
  public record Played(
      List<Confirmations.Seen> confirmed,
      Map<String, String> counts,
      List<HolterCommand.Answer> answers) {
    public Played {
      confirmed = List.copyOf(confirmed);
      counts = Map.copyOf(counts);
      answers = List.copyOf(answers);
    }

    /** What the lab did not see, and so why the case proves nothing; empty when it saw all. */
    public List<String> missed() {
      return confirmed.stream().filter(s -> !s.held()).map(Confirmations.Seen::what).toList();
    }
  }

  /** A moment at which a dose begins or ends. */
  private record Moment(Duration at, boolean begins, Dose dose) {}

  /** Plays a live case. */
  public Played live() {
    var made = CaseWorld.start(given, progress);
    try (var _ = made.world();
        var strikes = new Strikes(given, made.parts())) {
      var world = made.parts();
      var holter =
          new HolterCommand(
              world.children(),
              world.directory(),
              world.net().hostsFile(given.diagnose().from()),
              LabSsh.write(world.directory(), world.net(), given.diagnose().vantages()));
      holter.require();
      var clock = new LabClock();
      var confirmations = new Confirmations(given, world, strikes, clock);
      play(strikes, confirmations);
      var seen = confirmations.all();
      var answers = new ArrayList<HolterCommand.Answer>();
      if (seen.stream().allMatch(Confirmations.Seen::held)) {
        ask(holter, world, answers);
      }
      Map<String, String> counts = new LinkedHashMap<>();
      given.clients().forEach(c -> counts.put(c.name(), world.clients().counts(c.name())));
      return new Played(seen, counts, answers);
    }
  }

  /** Lets Holter judge a recorded bundle. */
  public Played recorded(Path bundle) {
    if (!Files.exists(bundle)) {
      throw new LabException("no bundle " + bundle);
    }
    try (var run = RunDirectory.open(HolterHome.path());
        var children = new Children()) {
      var hosts = Files.writeString(run.path().resolve("hosts"), "127.0.0.1 localhost\n");
      var holter = new HolterCommand(children, run.path(), hosts, Map.of());
      holter.require();
      var words = new ArrayList<>(List.of("--bundle", bundle.toString()));
      words.addAll(given.diagnose().args());
      return new Played(List.of(), Map.of(), List.of(holter.ask(words, Map.of(), false)));
    } catch (IOException failed) {
      throw new UncheckedIOException("no directory for a bundle's run", failed);
    }
  }

  private void play(Strikes strikes, Confirmations confirmations) {
    var moments = new ArrayList<Moment>();
    for (var dose : given.inject()) {
      moments.add(new Moment(dose.at(), true, dose));
      if (dose.until() != null) {
        moments.add(new Moment(dose.until(), false, dose));
      }
    }
    moments.sort(Comparator.comparing(Moment::at));
    long startNanos = System.nanoTime();
    for (var moment : moments) {
      await(startNanos, moment.at());
      progress.accept((moment.begins() ? "begins: " : "ends: ") + moment.dose().strike());
      if (moment.begins()) {
        confirmations.strike(moment.dose());
      } else {
        strikes.end(moment.dose());
      }
    }
    await(startNanos, given.diagnose().after());
  }

  private static void await(long startNanos, Duration at) {
    long due = startNanos + at.toNanos();
    while (System.nanoTime() < due && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(Math.min(due - System.nanoTime(), TimeUnit.SECONDS.toNanos(1)));
    }
  }

  private void ask(
      HolterCommand holter, CaseWorld.Parts world, List<HolterCommand.Answer> answers) {
    var asked = given.diagnose();
    long startNanos = System.nanoTime();
    for (int n = 0; n < asked.times(); n++) {
      await(startNanos, asked.every().multipliedBy(n));
      if (asked.times() > 1) {
        progress.accept("question %d of %d".formatted(n + 1, asked.times()));
      }
      answers.add(ask(holter, world, false));
      if (asked.deep()) {
        answers.add(ask(holter, world, true));
      }
    }
  }

  private HolterCommand.Answer ask(HolterCommand holter, CaseWorld.Parts world, boolean deep) {
    progress.accept("asking holter diagnose" + (deep ? " --deep" : ""));
    var words =
        new ArrayList<>(
            List.of(
                "--bootstrap-server",
                world.kafka().bootstrap(),
                "--topic",
                given.diagnose().topic()));
    if (given.diagnose().since() != null) {
      words.addAll(List.of("--since", String.valueOf(given.diagnose().since())));
    }
    if (given.kafka() != null && given.kafka().sasl()) {
      words.addAll(List.of("--command-config", login(world.directory()).toString()));
    }
    for (var vantage : given.diagnose().vantages()) {
      words.addAll(List.of("--vantage", "ssh:" + vantage));
    }
    words.addAll(given.diagnose().args());
    var sources = new LinkedHashMap<Given, String>();
    for (var source : given.diagnose().sources()) {
      switch (source) {
        case LOGS -> sources.put(source, world.logs().toString());
        case CLIENT_LOGS -> sources.put(source, world.clients().logs().toString());
        case EXPORTER -> sources.put(source, "http://{host}:9100/metrics");
        case JMX -> sources.put(source, "{host}:9999");
        case ZOOKEEPER -> world.kafka().zookeeper().ifPresent(zk -> sources.put(source, zk));
      }
    }
    var keeps = recorder;
    if (keeps == null) {
      return holter.ask(words, sources, deep);
    }
    Path bundle = world.directory().resolve(deep ? "bundle-deep" : "bundle");
    words.addAll(List.of("--save", bundle.toString()));
    var answer = holter.ask(words, sources, deep);
    if (Files.isDirectory(bundle)) {
      keeps.keep(deep, bundle);
    }
    return answer;
  }

  private static Path login(Path directory) {
    try {
      return Files.write(
          directory.resolve("holter.properties"),
          List.of(
              "security.protocol=SASL_PLAINTEXT",
              "sasl.mechanism=SCRAM-SHA-256",
              "sasl.jaas.config=" + Logins.jaas(Logins.HOLTER)));
    } catch (IOException failed) {
      throw new UncheckedIOException("holter's login cannot be written", failed);
    }
  }
}
