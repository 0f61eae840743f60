package holter.lab.speed;

import holter.engine.Action;
import holter.engine.Engine;
import holter.engine.EngineSettings;
import holter.engine.FleetEngine;
import holter.engine.Input;
import holter.engine.View;
import holter.lab.process.LabException;
import holter.server.EngineClock;
import holter.server.Inbox;
import holter.server.Loop;
import holter.server.kafka.BeatMapping;
import holter.server.kafka.BeatSink;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.MapReader;
import holter.server.kafka.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The orchestrator's own way of a beat, of its own parts: reader, mapping, inbox, loop, engine.
 * Only what stands around them is missing: lanes, store, API.
 */
final class IngestLine {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** All there is: a backlog is read from its beginning. */
  private static final TopicReader.LookBack EVERYTHING =
      new TopicReader.LookBack(Integer.MAX_VALUE, Long.MAX_VALUE);

  private final KafkaSettings kafka;

  IngestLine(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * What came of a run.
   *
   * @param perS beats per second, from the first one read to the last one judged
   * @param late beats that were read after a later one of the same instance
   */
  record Outcome(double perS, long late) {}

  /** Reads and judges {@code beats} beats. */
  Outcome run(long beats, BeatMapping mapping) throws InterruptedException {
    var clock = new EngineClock();
    var inbox = new Inbox();
    var engine = new Counting(new FleetEngine(EngineSettings.DEFAULTS), beats);
    var begunNs = new AtomicLong();
    try (var loop = new Loop(engine, clock, inbox, actions -> {}, view -> {});
        var maps = new MapReader(kafka, Set.of(OneBroker.TOPIC), Duration.ofSeconds(2), clock);
        var reader =
            new TopicReader(
                maps,
                OneBroker.TOPIC,
                EVERYTHING,
                new BeatSink(
                    mapping,
                    input -> {
                      begunNs.compareAndSet(0, System.nanoTime());
                      inbox.put(input);
                    }),
                System::currentTimeMillis)) {
      maps.onMap(OneBroker.TOPIC, map -> inbox.put(new Input.Mapped(map)));
      loop.start(List.of(new Input.Leading(true, 1)));
      reader.start();
      maps.start();
      if (!engine.all.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LabException(
            "%d of %d beats came in %d s".formatted(engine.heard.get(), beats, LIMIT.toSeconds()));
      }
    }
    var counters = engine.counters();
    if (counters.garbled() > 0) {
      throw new LabException(counters.garbled() + " beats were refused or not read");
    }
    double seconds = (engine.endedNs - begunNs.get()) / 1e9;
    return new Outcome(beats / seconds, counters.lateBeats());
  }

  /** The engine, and when it has taken the last beat. */
  private static final class Counting implements Engine {
    private final Engine engine;
    private final long beats;
    private final CountDownLatch all = new CountDownLatch(1);
    private final AtomicLong heard = new AtomicLong();
    private volatile long endedNs;

    Counting(Engine engine, long beats) {
      this.engine = engine;
      this.beats = beats;
    }

    @Override
    public List<Action> step(List<Input> inputs, long nowMs) {
      List<Action> actions = engine.step(inputs, nowMs);
      long more = 0;
      for (Input input : inputs) {
        more += input instanceof Input.Heard ? 1 : 0;
      }
      long before = heard.getAndAdd(more);
      if (before < beats && before + more >= beats) {
        endedNs = System.nanoTime();
      }
      if (heard.get() >= beats && counters().beats() >= beats) {
        all.countDown();
      }
      return actions;
    }

    private View.Counters counters() {
      return view().counters();
    }

    @Override
    public View view() {
      return engine.view();
    }
  }
}
