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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Watches hosts' pressure: scrapes each every 5 s, each on a thread of its own, and keeps ten
 * minutes, so that rates from before and after the onset of a fault are there when they are asked
 * for. A host that does not answer is a fact too. Thread-safe.
 */
public final class HostWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration SCRAPE_DEADLINE = Duration.ofSeconds(3);

  /** A last reading that is older says nothing about now. */
  private static final Duration FRESH = Duration.ofSeconds(12);

  /** Between two scrapes of a host that was not watched. */
  private static final long PAIR_GAP_MS = 1500;

  private record Watched(HostTrack track, Thread thread) {}

  private final LongSupplier clockMs;
  private final Scraper scraper;
  private final Map<String, Watched> watched = new ConcurrentHashMap<>();

  /**
   * @param exporter where a host's node_exporter is: a URL with {@code {host}} in it; empty: only
   *     this machine is measured, from its /proc
   * @param clockMs engine time
   */
  public HostWatch(String exporter, LongSupplier clockMs) {
    this.clockMs = clockMs;
    this.scraper = new Scraper(exporter, clockMs);
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
   * a load is dated by the end of its time. Of a host that was not watched, two scrapes are taken
   * now.
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
        scrape(host, track, SCRAPE_DEADLINE);
        TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
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
    if (!track.failing() && track.now(clockMs.getAsLong(), FRESH).isEmpty()) {
      scrapeTwice(host, track, deadline);
    }
    var seen = new ArrayList<Observation>();
    track.before(onsetMs).ifPresent(load -> seen.add(observed(host, load.atMs(), load.load())));
    long nowMs = clockMs.getAsLong();
    var now = track.now(nowMs, FRESH);
    now.ifPresent(load -> seen.add(observed(host, load.atMs(), load.load())));
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
    Sentence why;
    try {
      return one.get(Math.max(0, endNs - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      why = Sentence.of(UnaskedWords.NOT_MEASURED);
    } catch (ExecutionException failed) {
      why = Sentence.of(UnaskedWords.FAILED, String.valueOf(failed.getCause()));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      why = Sentence.of(UnaskedWords.INTERRUPTED);
    } finally {
      one.cancel(true);
    }
    return List.of(unasked(host, clockMs.getAsLong(), why));
  }

  private static Observation unasked(String host, long atMs, Sentence why) {
    var subject = Sentence.of(UnaskedWords.HOST, host);
    return observed(host, atMs, new Fact.Unasked(subject, why));
  }

  private static Observation observed(String host, long atMs, Fact fact) {
    return new Observation(Source.HOST_METRICS, host, atMs, fact);
  }
}
