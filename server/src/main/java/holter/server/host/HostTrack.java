package holter.server.host;

import holter.diagnose.Fact;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one host: its readings of the last ten minutes, oldest first. Thread-safe. */
final class HostTrack {
  private static final int READINGS_MAX = 120;

  /** Rates over less than this are noise. */
  private static final long SPAN_MIN_MS = 900;

  /** A load "now" is over at most this time. */
  private static final long SPAN_NOW_MS = 12_000;

  /** A load "before" is over at most this time, and ends at least a scrape before the onset. */
  private static final long SPAN_BEFORE_MS = 60_000;

  private static final long ONSET_MARGIN_MS = 5_000;

  /** A load with the time that it is of. */
  record Dated(Fact.HostLoad load, long atMs) {}

  private final String host;
  private final Deque<HostReading> readings = new ArrayDeque<>();
  private int failures;
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
    failure = null;
  }

  synchronized void failed(Sentence why) {
    failures++;
    failure = why;
  }

  /** Why the last scrapes failed; empty when the last one did not. */
  synchronized Optional<Sentence> trouble() {
    Sentence why = failure;
    return why == null || failures < 2
        ? Optional.ofNullable(why)
        : Optional.of(Sentence.of(UnaskedWords.IN_A_ROW, why, failures));
  }

  synchronized boolean failing() {
    return failures > 0;
  }

  /** The load up to the last reading, unless that is older than {@code maxAge}. */
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

  /** The load up to a reading, from the earliest one that is within the span. */
  private Optional<Dated> between(HostReading last, long spanMs) {
    @Nullable HostReading first = null;
    for (HostReading reading : readings) {
      long spannedMs = last.atMs() - reading.atMs();
      if (first == null && spannedMs <= spanMs && spannedMs >= SPAN_MIN_MS) {
        first = reading;
      }
    }
    return first == null
        ? Optional.empty()
        : Optional.of(new Dated(last.since(first, host), last.atMs()));
  }
}
