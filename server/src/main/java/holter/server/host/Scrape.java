package holter.server.host;

import holter.diagnose.UnaskedWords;
import holter.server.text.Unanswered;
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
      throw unanswered(failed.getCause(), time);
    }
  }

  /**
   * The reading.
   *
   * @throws IOException as {@link #within}, and when it has not come in this time
   */
  HostReading finish(Duration time) throws IOException, InterruptedException {
    return within(time).orElseThrow(() -> noAnswer(time));
  }

  static Unanswered noAnswer(Duration in) {
    return new Unanswered(UnaskedWords.EXPORTER_LATE, in.toMillis());
  }

  private static Unanswered unanswered(@Nullable Throwable cause, Duration time) {
    return switch (cause) {
      case HttpTimeoutException late -> noAnswer(time);
      case ConnectException refused -> new Unanswered(UnaskedWords.EXPORTER_REFUSED);
      case UnresolvedAddressException nobody -> new Unanswered(UnaskedWords.EXPORTER_UNRESOLVED);
      case Unanswered unusable -> unusable;
      case null, default -> new Unanswered(UnaskedWords.EXPORTER_FAILED, String.valueOf(cause));
    };
  }

  @Override
  public void close() {
    asked.cancel(true);
  }
}
