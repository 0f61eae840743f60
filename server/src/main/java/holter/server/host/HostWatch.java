package holter.server.host;

import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.text.Unanswered;
import holter.words.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches hosts' pressure: scrapes each every 5 s, each on a thread of its own, and keeps ten
 * minutes, so that rates from before and after the onset of a fault are there when they are asked
 * for. That a host does not answer in 3 s is a fact, told at once; its answer is waited for much
 * longer, because what comes late through a full network tells how full it is. One scrape per host
 * is under way at most. Thread-safe.
 */
public final class HostWatch implements AutoCloseable {
  /**
   * How a host is scraped.
   *
   * @param every from the beginning of one scrape to the next
   * @param late an answer that has not come by then is told to be late
   * @param patience after this it is given up
   */
  record Pace(Duration every, Duration late, Duration patience) {}

  /** A full queue of 8 s each way, passed once or twice. */
  private static final Pace PACE =
      new Pace(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(40));

  private static final Duration BREATH = Duration.ofSeconds(1);

  /** A last reading that is older says nothing about now. */
  private static final Duration FRESH = Duration.ofSeconds(12);

  /** Between two scrapes of a host that was not watched. */
  private static final long PAIR_GAP_MS = 1500;

  private record Watched(HostTrack track, Thread thread) {}

  private final LongSupplier clockMs;
  private final Scraper scraper;
  private final Pace pace;
  private final Map<String, Watched> watched = new ConcurrentHashMap<>();

  /**
   * @param exporter where a host's node_exporter is: a URL with {@code {host}} in it; empty: only
   *     this machine is measured, from its /proc
   * @param clockMs engine time
   */
  public HostWatch(String exporter, LongSupplier clockMs) {
    this(exporter, clockMs, PACE);
  }

  HostWatch(String exporter, LongSupplier clockMs, Pace pace) {
    this.clockMs = clockMs;
    this.scraper = new Scraper(exporter, clockMs);
    this.pace = pace;
  }

  /** From now on these hosts are watched, and no others. */
  public synchronized void watch(Set<String> hosts) {
    watched
        .entrySet()
        .removeIf(
            e -> {
              boolean gone = !hosts.contains(e.getKey());
              if (gone) {
                e.getValue().thread().interrupt();
              }
              return gone;
            });
    for (String host : hosts) {
      watched.computeIfAbsent(host, this::begin);
    }
  }

  /**
   * What these hosts' pressure is now, and what it was before {@code onsetMs} where that is known;
   * a load is dated by when the host measured its end. Of a host that was not watched, two scrapes
   * are taken now.
   */
  public List<Observation> observe(Collection<String> hosts, long onsetMs, Duration deadline) {
    long endNs = System.nanoTime() + deadline.toNanos();
    var asking = new LinkedHashMap<String, Future<List<Observation>>>();
    // Not closed: closing would wait for a host that does not answer. Its threads end by
    // themselves.
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    for (String host : hosts) {
      asking.put(host, threads.submit(() -> one(host, onsetMs, deadline)));
    }
    threads.shutdown();
    var all = new ArrayList<Observation>();
    asking.forEach((host, one) -> all.addAll(await(host, one, endNs)));
    return all;
  }

  @Override
  public synchronized void close() {
    watched.values().forEach(one -> one.thread().interrupt());
    watched.clear();
    scraper.close();
  }

  private Watched begin(String host) {
    var track = new HostTrack(host);
    Thread thread = Thread.ofVirtual().name("holter-host-" + host).start(() -> follow(host, track));
    return new Watched(track, thread);
  }

  private void follow(String host, HostTrack track) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long beganNs = System.nanoTime();
        scrapeWithPatience(host, track);
        Duration left = pace.every().minusNanos(System.nanoTime() - beganNs);
        TimeUnit.MILLISECONDS.sleep((left.compareTo(BREATH) > 0 ? left : BREATH).toMillis());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void scrapeWithPatience(String host, HostTrack track) throws InterruptedException {
    try (Scrape scrape = scraper.begin(host, pace.patience())) {
      var reading = scrape.within(pace.late());
      if (reading.isEmpty()) {
        track.late(Scrape.noAnswer(pace.late()).why());
      }
      track.read(reading.isPresent() ? reading.get() : scrape.finish(pace.patience()));
    } catch (IOException failed) {
      track.failed(Unanswered.reason(failed));
    }
  }

  private void scrape(String host, HostTrack track, Duration deadline) throws InterruptedException {
    try {
      track.read(scraper.read(host, deadline));
    } catch (IOException failed) {
      track.failed(Unanswered.reason(failed));
    }
  }

  private List<Observation> one(String host, long onsetMs, Duration deadline)
      throws InterruptedException {
    Watched known = watched.get(host);
    HostTrack track = known == null ? new HostTrack(host) : known.track();
    if (!track.slow() && track.now(clockMs.getAsLong(), FRESH).isEmpty()) {
      scrapeTwice(host, track, deadline);
    }
    var seen = new ArrayList<Observation>();
    track.before(onsetMs).ifPresent(load -> seen.add(observed(host, load.atMs(), load.load())));
    long nowMs = clockMs.getAsLong();
    var now = track.now(nowMs, FRESH);
    now.ifPresent(
        load -> {
          seen.add(observed(host, load.atMs(), load.load()));
          load.measured().forEach(figure -> seen.add(observed(host, load.atMs(), figure)));
        });
    if (now.isEmpty() || track.failing()) {
      Sentence one = Sentence.of(UnaskedWords.ONE_READING);
      seen.add(unasked(host, nowMs, track.trouble().orElse(one)));
    }
    return seen;
  }

  private void scrapeTwice(String host, HostTrack track, Duration deadline)
      throws InterruptedException {
    Duration each = Duration.ofMillis(Math.max(100, (deadline.toMillis() - PAIR_GAP_MS) / 2 - 50));
    scrape(host, track, each);
    if (!track.failing()) {
      TimeUnit.MILLISECONDS.sleep(PAIR_GAP_MS);
      scrape(host, track, each);
    }
  }

  private List<Observation> await(String host, Future<List<Observation>> one, long endNs) {
    try {
      return Unanswered.within(one, endNs, new Unanswered(UnaskedWords.NOT_MEASURED));
    } catch (Unanswered none) {
      return List.of(unasked(host, clockMs.getAsLong(), none.why()));
    }
  }

  private static Observation unasked(String host, long atMs, Sentence why) {
    var subject = Sentence.of(UnaskedWords.HOST, host);
    return observed(host, atMs, new Fact.Unasked(subject, why));
  }

  private static Observation observed(String host, long atMs, Fact fact) {
    return new Observation(Source.HOST_METRICS, host, atMs, fact);
  }
}
