package holter.lab.demo;

import holter.lab.process.OnceWork;
import holter.lab.run.LabRun;
import holter.lab.run.RunOptions;
import holter.lab.run.RunResult;
import holter.lab.scenario.Scenario;
import holter.lab.scenario.ScenarioReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The incident on an embedded cluster, told in the terminal. What it promises is checked by the lab
 * at its end; only when every promise was kept does it call itself a success.
 */
public final class Demo {
  /** From the command's start to the printed diagnosis, on two cores. */
  private static final double DIAGNOSIS_WITHIN_S = 90;

  /** Partitions that 1001 follows in: their leaders are healthy, and yet they stand still. */
  private static final List<Integer> FOLLOWED = List.of(2, 3);

  private final Scenario scenario;
  private final RunOptions options;
  private final Consumer<String> out;
  private final Consumer<String> progress;
  private final long startNanos;
  private final Predicate<String> consents;

  /**
   * @param kafkaVersion null for the scenario's own
   * @param faultFor how long the fault lasts; null for the scenario's own
   * @param record where the record goes
   * @param lang en or zh
   * @param consents is shown the plan for Kubernetes, and says whether it is carried out
   */
  public record Wish(
      @Nullable String kafkaVersion,
      @Nullable Duration faultFor,
      Path record,
      String lang,
      Predicate<String> consents) {}

  /**
   * Prepares the demonstration.
   *
   * @param out takes the narration, a line each
   * @param progress takes what is being waited for
   * @param startNanos {@link System#nanoTime} of the command's start
   */
  public Demo(Wish wish, Consumer<String> out, Consumer<String> progress, long startNanos) {
    this.scenario = ScenarioReader.find("incident-cured");
    this.options =
        new RunOptions(
            wish.kafkaVersion(),
            OptionalLong.empty(),
            wish.faultFor(),
            null,
            wish.record(),
            wish.lang());
    this.consents = wish.consents();
    this.out = out;
    this.progress = progress;
    this.startNanos = startNanos;
  }

  /** Tells it to the end; whether every promise was kept. */
  public boolean tell() throws InterruptedException {
    var narrator = new Narrator(options.lang(), out, startNanos, consents);
    var version =
        options.kafkaVersion() == null ? scenario.kafka().version() : options.kafkaVersion();
    narrator.say(Line.TITLE, version);
    long onHost =
        scenario.workers().stream().filter(worker -> worker.host().equals("iota-n2")).count();
    narrator.say(Line.PLACES, scenario.workers().size(), onHost);
    var result = new LabRun(scenario, options, progress).run(narrator);
    var promises = promises(result, narrator.diagnosisAtS());
    out.accept("");
    new Ending(options.lang(), out).tell(result, promises);
    boolean kept = result.voidWhy() == null && promises.stream().allMatch(RunResult.Check::ok);
    narrator.say(kept ? Line.KEPT : Line.BROKEN);
    return kept;
  }

  static List<RunResult.Check> promises(RunResult result, double diagnosisAtS) {
    var promises = new ArrayList<>(result.checks());
    promises.add(promptly(diagnosisAtS, OnceWork.spentS()));
    var frozen =
        FOLLOWED.stream()
            .filter(partition -> "isr".equalsIgnoreCase(result.naming().sickness().get(partition)))
            .toList();
    promises.add(
        new RunResult.Check(
            "partitions whose follower is sick seen to stand still",
            FOLLOWED.toString(),
            frozen.toString(),
            frozen.equals(FOLLOWED)));
    promises.add(
        new RunResult.Check(
            "record written", "a file", String.valueOf(result.record()), result.record() != null));
    return promises;
  }

  /** The first run on a machine fetches Kafka and makes archives; the next does not. */
  static RunResult.Check promptly(double diagnosisAtS, double onceS) {
    boolean once = onceS >= 1; // to see that nothing is missing takes less
    double tookS = once ? diagnosisAtS - onceS : diagnosisAtS;
    return new RunResult.Check(
        "diagnosis after the command's start"
            + (once ? ", without %.1f s of work that is done once".formatted(onceS) : ""),
        "within " + DIAGNOSIS_WITHIN_S + " s",
        diagnosisAtS < 0 ? "never" : Math.round(tookS * 10) / 10.0 + " s",
        diagnosisAtS >= 0 && tookS <= DIAGNOSIS_WITHIN_S);
  }
}
