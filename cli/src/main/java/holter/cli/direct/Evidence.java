package holter.cli.direct;

import holter.channel.ClusterMap;
import holter.channel.LaneSample;
import holter.cli.Refusal;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.server.BundleRound;
import holter.server.ClusterAsk;
import holter.server.kafka.LaneSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a diagnosis and a check rest on: collected live, or out of a bundle.
 *
 * @param map of the topic; without partitions when nobody told it
 * @param seen in the order in which it was collected
 * @param samples of the lanes; none out of a bundle
 * @param nowMs engine time of the diagnosis
 * @param zone in which times are printed
 */
record Evidence(
    ClusterMap map, List<Observation> seen, List<LaneSample> samples, long nowMs, ZoneId zone) {
  private static final Duration LANES = Duration.ofSeconds(3);

  Evidence {
    seen = List.copyOf(seen);
    samples = List.copyOf(samples);
  }

  /**
   * How a cluster is asked.
   *
   * @param budget of time
   * @param ask beside its map
   */
  record Asking(Budget budget, ClusterAsk ask) {
    /** Nothing but its map; each source has so long. */
    static Asking reading(Duration source) {
      return new Asking(Budget.unbounded(source), ClusterAsk.READING);
    }
  }

  /** Asks everybody once, with lanes over every partition beside it. */
  static Evidence live(Cluster cluster, DirectOptions options, LaneSettings lanes, Asking asking)
      throws InterruptedException {
    try (LaneWatch watch = new LaneWatch(cluster, lanes, _ -> {})) {
      watch.start();
      Budget budget = asking.budget();
      List<Observation> seen =
          new ArrayList<>(cluster.evidence(options, budget.source(), asking.ask()));
      watch.await(budget.left(LANES, Duration.ZERO));
      seen.addAll(watch.paths());
      return new Evidence(
          cluster.map(), seen, watch.samples(), cluster.nowMs(), ZoneId.systemDefault());
    }
  }

  /**
   * What a bundle holds.
   *
   * @throws Refusal in one line: no bundle there, or nothing in it that can be read
   */
  static Evidence bundle(Path at) {
    BundleRound round;
    try {
      round = BundleRound.read(at);
    } catch (IOException noBundle) {
      throw Refusal.usage(
          "no bundle " + at,
          "it is no directory and no .tar.gz that can be read",
          "--bundle with what --save or support-bundle wrote");
    }
    if (!round.any()) {
      throw Refusal.cannotTell(
          "nothing was observed in " + at, lost(round), "see docs/bundles.md for what it may hold");
    }
    String topic = round.manifest().topic();
    ClusterMap map = new ClusterMap(topic, List.of(), List.of(), round.nowMs(), "bundle");
    for (Observation one : round.observations()) {
      if (one.fact() instanceof Fact.Metadata told && told.map().topic().equals(topic)) {
        map = told.map();
      }
    }
    return new Evidence(
        map, round.observations(), List.of(), round.nowMs(), round.manifest().zone());
  }

  private static String lost(BundleRound round) {
    return round.observations().stream()
        .map(Observation::fact)
        .filter(Fact.Unasked.class::isInstance)
        .map(Fact.Unasked.class::cast)
        .map(lost -> lost.subject().english() + ": " + lost.why().english())
        .findFirst()
        .orElse("it is empty");
  }
}
