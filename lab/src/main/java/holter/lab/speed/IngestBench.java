package holter.lab.speed;

import holter.server.kafka.BeatMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Beats per second from one real broker by one reader, three ways in turn on the same records: a
 * bare poll loop, a poll loop that parses, and the orchestrator's own way to the engine's
 * judgement.
 */
public final class IngestBench {
  /** At most a fifth is lost on the way from the parser to the judgement. */
  private static final double RATIO_MIN = 0.8;

  private static final double PER_S_MIN = 300_000;

  private final Wish wish;
  private final Consumer<String> progress;

  /**
   * @param progress receives a line about each thing that takes time
   */
  public IngestBench(Wish wish, Consumer<String> progress) {
    this.wish = wish;
    this.progress = progress;
  }

  /**
   * What is asked for.
   *
   * @param instances that send
   * @param beats of each
   * @param rounds measured, after one that warms up
   */
  public record Wish(int instances, int beats, int rounds) {
    public Wish {
      if (instances < 1 || instances > 20_000 || beats < 20 || rounds < 1 || rounds > 99) {
        throw new IllegalArgumentException(
            "1 to 20000 instances, at least 20 beats of each, 1 to 99 rounds");
      }
    }
  }

  /** Records per second of each way, one figure per round. */
  private record Rates(List<Double> bare, List<Double> parsing, List<Double> ours) {
    Rates() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Measures. */
  public SpeedResult run() throws InterruptedException {
    progress.accept("starting Kafka 3.9.2, one broker");
    try (var broker = OneBroker.start(progress)) {
      progress.accept("writing %,d beats".formatted((long) wish.instances * wish.beats));
      var filled = new BeatFill(broker.bootstrap(), wish.instances).fill(wish.beats);
      var mapping = new BeatMapping(List.of(), System::currentTimeMillis);
      var poll = new PollLoop(broker.bootstrap());
      var line = new IngestLine(broker.settings());
      var rates = new Rates();
      long late = 0;
      for (int round = 0; round <= wish.rounds; round++) {
        double bare = poll.bare(filled.beats());
        double parsing = poll.parsing(filled.beats(), mapping);
        var ours = line.run(filled.beats(), mapping);
        progress.accept(
            "%s: bare %,.0f/s, parsing %,.0f/s, Holter %,.0f/s"
                .formatted(round == 0 ? "warm-up" : "round " + round, bare, parsing, ours.perS()));
        if (round > 0) {
          rates.bare.add(bare);
          rates.parsing.add(parsing);
          rates.ours.add(ours.perS());
          late = ours.late();
        }
      }
      return result(filled, rates, late);
    }
  }

  private SpeedResult result(BeatFill.Filled filled, Rates rates, long late) {
    double bare = SpeedResult.median(rates.bare);
    double parsing = SpeedResult.median(rates.parsing);
    double ours = SpeedResult.median(rates.ours);
    double ratio = ours / parsing;
    var lines =
        List.of(
            "%,d beats of %,d instances, %d bytes each; %d rounds, medians; %s"
                .formatted(
                    filled.beats(),
                    wish.instances,
                    filled.meanBytes(),
                    wish.rounds,
                    SpeedResult.machine()),
            row("bare poll loop", bare),
            row("poll loop that parses", parsing),
            row("Holter, to the judgement", ours),
            String.format(Locale.ROOT, "%-26s %9.2f", "Holter / parsing loop", ratio),
            "%d beats came after a later one of their instance".formatted(late));
    var broken = new ArrayList<String>();
    if (ratio < RATIO_MIN) {
      broken.add("Holter reads %.2f of the parsing loop, wanted %.1f".formatted(ratio, RATIO_MIN));
    }
    if (ours < PER_S_MIN) {
      broken.add("Holter reads %,.0f beats/s, wanted %,.0f".formatted(ours, PER_S_MIN));
    }
    return new SpeedResult(lines, broken);
  }

  private static String row(String name, double perS) {
    return String.format(Locale.ROOT, "%-26s %,9.0f beats/s", name, perS);
  }
}
