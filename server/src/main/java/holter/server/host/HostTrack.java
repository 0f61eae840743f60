package holter.server.host;

import holter.diagnose.Fact;
import holter.diagnose.Metric;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one host: its readings of the last ten minutes, oldest first. Thread-safe. */
final class HostTrack {
  private static final int READINGS_MAX = 120;

  /** Rates over less than this are noise. */
  private static final long SPAN_MIN_MS = 900;

  /** A load "now" is over at most this time. */
  private static final long SPAN_NOW_MS = 12_000;

  /**
   * A load that a late answer told is over at most this time: while a host is hard to reach its
   * answers are rare, and one of them must reach back to the one before it.
   */
  private static final long SPAN_LATE_MS = 45_000;

  /** A load "before" is over at most this time, and ends at least a scrape before the onset. */
  private static final long SPAN_BEFORE_MS = 60_000;

  private static final long ONSET_MARGIN_MS = 5_000;

  /** A load with the engine time at which the host measured its end, and what else was measured. */
  record Dated(Fact.HostLoad load, long atMs, List<Fact.Measured> measured) {}

  private final String host;
  private final Deque<HostReading> readings = new ArrayDeque<>();
  private int failures;
  private boolean waiting;
  private @Nullable Sentence failure;

  HostTrack(String host) {
    this.host = host;
  }

  synchronized void read(HostReading reading) {
    readings.addLast(reading);
    if (readings.size() > READINGS_MAX) {
      readings.removeFirst();
    }
    failures = 0;
    waiting = false;
    failure = null;
  }

  /** The scrape under way is late, and still waited for. */
  synchronized void late(Sentence why) {
    waiting = true;
    failure = why;
  }

  synchronized void failed(Sentence why) {
    failures++;
    waiting = false;
    failure = why;
  }

  /** Why the last scrapes failed, or the one under way is late; empty when neither. */
  synchronized Optional<Sentence> trouble() {
    int times = failures + (waiting ? 1 : 0);
    Sentence why = failure;
    return why == null || times < 2
        ? Optional.ofNullable(why)
        : Optional.of(Sentence.of(UnaskedWords.IN_A_ROW, why, times));
  }

  synchronized boolean failing() {
    return failures > 0 || waiting;
  }

  /** Whether another scrape beside the one under way would only burden the host. */
  synchronized boolean slow() {
    HostReading last = readings.peekLast();
    return failing() || (last != null && last.late());
  }

  /** The load up to the last reading, unless that came longer than {@code maxAge} ago. */
  synchronized Optional<Dated> now(long nowMs, Duration maxAge) {
    HostReading last = readings.peekLast();
    if (last == null || nowMs - last.atMs() > maxAge.toMillis()) {
      return Optional.empty();
    }
    return between(last, SPAN_NOW_MS);
  }

  /** The load in the last minute before the onset. */
  synchronized Optional<Dated> before(long onsetMs) {
    HostReading last = null;
    for (HostReading reading : readings) {
      if (reading.atMs() <= onsetMs - ONSET_MARGIN_MS) {
        last = reading;
      }
    }
    return last == null ? Optional.empty() : between(last, SPAN_BEFORE_MS);
  }

  /**
   * The load up to a reading, from the earliest one that is within the span; up to a late one, from
   * the one before it when none is.
   */
  private Optional<Dated> between(HostReading last, long spanMs) {
    double aheadMs = aheadMs();
    long endMs = last.measuredMs(aheadMs);
    @Nullable HostReading first = null;
    @Nullable HostReading nearest = null;
    for (HostReading reading : readings) {
      long spannedMs = endMs - reading.measuredMs(aheadMs);
      if (first == null && spannedMs <= spanMs && spannedMs >= SPAN_MIN_MS) {
        first = reading;
      }
      if (last.late() && spannedMs <= SPAN_LATE_MS && spannedMs >= SPAN_MIN_MS) {
        nearest = reading;
      }
    }
    first = first == null ? nearest : first;
    if (first == null) {
      return Optional.empty();
    }
    var measured = new ArrayList<>(last.measured(first, host));
    if (!Double.isNaN(aheadMs)) {
      measured.add(new Fact.Measured(Metric.CLOCK_AHEAD_MS, host, aheadMs));
    }
    return Optional.of(new Dated(last.since(first, host), endMs, measured));
  }

  /** How far the host's clock is ahead of engine time, by its quickest answer; NaN unknown. */
  private double aheadMs() {
    @Nullable HostReading quickest = null;
    for (HostReading reading : readings) {
      boolean tells = !Double.isNaN(reading.aheadMs()) && !reading.late();
      if (tells && (quickest == null || reading.scrapeMs() < quickest.scrapeMs())) {
        quickest = reading;
      }
    }
    return quickest == null ? Double.NaN : quickest.aheadMs();
  }
}
