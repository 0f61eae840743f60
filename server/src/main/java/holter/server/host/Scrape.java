package holter.server.host;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A reading of one host under way. Closing it gives it up. */
final class Scrape implements AutoCloseable {
  /** An answer that is no reading, in a few words for people. */
  static final class Unusable extends IOException {
    Unusable(String why) {
      super(why);
    }
  }

  private final Future<?> asked;
  private final Future<HostReading> reading;

  /**
   * @param asked what to give up when nobody waits any more
   */
  Scrape(Future<?> asked, Future<HostReading> reading) {
    this.asked = asked;
    this.reading = reading;
  }

  /**
   * The reading, or empty when it has not come in this time and may still come.
   *
   * @throws IOException with a few words for people, when it will not come
   */
  Optional<HostReading> within(Duration time) throws IOException, InterruptedException {
    try {
      return Optional.of(reading.get(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      return Optional.empty();
    } catch (ExecutionException failed) {
      throw new IOException(words(failed.getCause(), time), failed);
    }
  }

  /**
   * The reading.
   *
   * @throws IOException as {@link #within}, and when it has not come in this time
   */
  HostReading finish(Duration time) throws IOException, InterruptedException {
    return within(time).orElseThrow(() -> new IOException(noAnswer(time)));
  }

  static String noAnswer(Duration in) {
    return "its exporter gave no answer in " + in.toMillis() + " ms";
  }

  private static String words(@Nullable Throwable cause, Duration time) {
    return switch (cause) {
      case HttpTimeoutException late -> noAnswer(time);
      case ConnectException refused -> "its exporter cannot be connected to";
      case UnresolvedAddressException nobody -> "its name does not resolve";
      case null -> "its exporter failed";
      case Unusable answer -> String.valueOf(answer.getMessage());
      default -> "its exporter failed: " + cause;
    };
  }

  @Override
  public void close() {
    asked.cancel(true);
  }
}
