package holter.server.http;

import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import holter.channel.PathState;
import holter.detect.RestartTruth;
import holter.engine.Incident;
import holter.engine.View;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What Prometheus scrapes. Labels are bounded: states, partitions, brokers, never instances. */
public final class Metrics {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Supplier<View> view;
  private final String topic;
  private final MultiGauge instances;
  private final MultiGauge lit;
  private final MultiGauge leaders;

  /**
   * @param view the picture that gauges show
   * @param about what never changes
   */
  public Metrics(Supplier<View> view, Desk.About about) {
    this.view = view;
    this.topic = about.topic();
    this.instances = MultiGauge.builder("holter.instances").register(registry);
    this.lit = MultiGauge.builder("holter.partition.lit").register(registry);
    this.leaders = MultiGauge.builder("holter.partition.leader.info").register(registry);
    Gauge.builder("holter.build.info", () -> 1).tag("version", about.version()).register(registry);
    total("holter.beats.received", v -> v.counters().beats());
    total("holter.beats.garbled", v -> v.counters().garbled());
    total("holter.beats.late", v -> v.counters().lateBeats());
    total("holter.restarts.held", v -> v.counters().restartsHeld());
    total("holter.restarts.ordered", v -> v.counters().restartsOrdered());
    gauge("holter.incidents.open", () -> open(view.get()));
    gauge("holter.breaker.open", () -> view.get().breakerOpen() ? 1 : 0);
    gauge("holter.leading", () -> view.get().leading() ? 1 : 0);
    for (RestartTruth truth : RestartTruth.values()) {
      registry.counter("holter.restarts", "truth", word(truth));
    }
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private void total(String name, ToDoubleFunction<View> count) {
    FunctionCounter.builder(name, view, supplier -> count.applyAsDouble(supplier.get()))
        .register(registry);
  }

  /** Adds a gauge that is read at each scrape. */
  public void gauge(String name, Supplier<Number> value) {
    Gauge.builder(name, value).register(registry);
  }

  /** Adds a total that is read at each scrape. */
  public void count(String name, Supplier<Number> value) {
    FunctionCounter.builder(name, value, supplier -> supplier.get().doubleValue())
        .register(registry);
  }

  /** Counts a lane's sample. */
  public void sampled(LaneSample sample) {
    String result =
        switch (sample.outcome()) {
          case LaneOutcome.Seen seen -> {
            roundTrip(sample, seen.seenMs());
            yield "seen";
          }
          case LaneOutcome.Fetched fetched -> {
            roundTrip(sample, fetched.fetchMs());
            yield "fetched";
          }
          case LaneOutcome.AckedUnseen ignored -> "acked_unseen";
          case LaneOutcome.Unacked ignored -> "unacked";
          case LaneOutcome.Refused ignored -> "refused";
          case LaneOutcome.FetchSilent ignored -> "fetch_silent";
          case LaneOutcome.Voided ignored -> "void";
        };
    registry
        .counter(
            "holter.probe",
            "topic",
            topic,
            "partition",
            Integer.toString(sample.partition()),
            "result",
            result)
        .increment();
  }

  private void roundTrip(LaneSample sample, long ms) {
    Timer.builder("holter.probe.roundtrip")
        .tag("topic", topic)
        .tag("broker", Integer.toString(sample.leaderId()))
        .serviceLevelObjectives(
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofMillis(250),
            Duration.ofSeconds(1))
        .register(registry)
        .record(Duration.ofMillis(ms));
  }

  /** Counts a restart that a runner answered, by what the process was in truth. */
  public void restarted(RestartTruth truth, boolean done) {
    if (done) {
      registry.counter("holter.restarts", "truth", word(truth)).increment();
    } else {
      registry.counter("holter.restarts.refused").increment();
    }
  }

  /** Counts one collection of evidence. */
  public void collected(Duration took, int unasked) {
    Timer.builder("holter.evidence").register(registry).record(took);
    registry.counter("holter.evidence.errors").increment(unasked);
  }

  /** Everything as text, as of now. */
  public synchronized String scrape() {
    View now = view.get();
    Map<String, Integer> states = new TreeMap<>();
    now.instances().forEach(i -> states.merge(Verdicts.name(i.verdict()), 1, Integer::sum));
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    states.forEach((state, count) -> rows.add(MultiGauge.Row.of(Tags.of("state", state), count)));
    instances.register(rows, true);
    List<MultiGauge.Row<?>> paths = new ArrayList<>();
    List<MultiGauge.Row<?>> led = new ArrayList<>();
    for (View.Partition partition : now.partitions()) {
      Tags tags = Tags.of("topic", topic, "partition", Integer.toString(partition.number()));
      paths.add(MultiGauge.Row.of(tags, partition.path() instanceof PathState.Healthy ? 1 : 0));
      led.add(
          MultiGauge.Row.of(
              tags.and("broker", Integer.toString(partition.leaderId()))
                  .and("host", partition.host()),
              1));
    }
    lit.register(paths, true);
    leaders.register(led, true);
    return registry.scrape();
  }

  private static int open(View view) {
    return (int) view.incidents().stream().filter(Incident::open).count();
  }

  private static String word(RestartTruth truth) {
    return truth.name().toLowerCase(Locale.ROOT);
  }
}
