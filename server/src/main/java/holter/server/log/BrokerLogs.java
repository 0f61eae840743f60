package holter.server.log;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.log.BrokerReading.Result;
import holter.server.text.Unanswered;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Reads the logs of all brokers at once and tells who complains of whom, which signs they show, how
 * their collectors pause them and how far their clocks are apart. A log that cannot be read, or not
 * in time, is named as {@link Fact.Unasked}. Thread-safe.
 */
public final class BrokerLogs {
  /** A file's time of change is by another clock; it may be off by this before it is left out. */
  static final long MODIFIED_MARGIN_MS = 600_000;

  /** Reading ends this share of its time before the deadline, so that what was read is told. */
  private static final int TELLING_SHARE = 10;

  private final LogSource source;
  private final LongSupplier clockMs;
  private final List<String> ssh;

  /**
   * @param source where the logs are
   * @param clockMs engine time
   */
  public BrokerLogs(LogSource source, LongSupplier clockMs) {
    this(source, clockMs, List.of("ssh"));
  }

  /**
   * @param ssh the program that stands for ssh
   */
  BrokerLogs(LogSource source, LongSupplier clockMs, List<String> ssh) {
    this.source = source;
    this.clockMs = clockMs;
    this.ssh = List.copyOf(ssh);
  }

  /**
   * What each broker's logs say within the window, and those of controllers beside them; blocks up
   * to the deadline.
   */
  public List<Observation> observe(List<BrokerNode> brokers, LogWindow window, Duration deadline) {
    return observeThese(withControllers(brokers), window, deadline);
  }

  /** The same of these alone. */
  public List<Observation> observeThese(
      List<BrokerNode> brokers, LogWindow window, Duration deadline) {
    long startNs = System.nanoTime();
    long endNs = startNs + deadline.toNanos();
    var round =
        new Round(
            window,
            deadline,
            endNs - deadline.toNanos() / TELLING_SHARE,
            new AtomicLong(Allowance.ALL_BYTES_MAX),
            Math.max(1, brokers.size()));
    var reading = new LinkedHashMap<BrokerNode, Future<Result>>();
    // Not closed: closing would wait for a mount that hangs. Its threads end by themselves.
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    for (BrokerNode broker : brokers) {
      reading.put(broker, threads.submit(() -> read(broker, round)));
    }
    threads.shutdown();
    var seen = new ArrayList<Observation>();
    var moments = new LinkedHashMap<BrokerNode, Map<String, Long>>();
    reading.forEach(
        (broker, result) -> {
          Result came = await(broker, result, endNs, deadline);
          moments.put(broker, came.moments());
          came.facts().forEach(fact -> seen.add(observed(Integer.toString(broker.id()), fact)));
        });
    ClockPairs.learn(moments, window.skewMs()).forEach(fact -> seen.add(observed(fact.of(), fact)));
    return seen;
  }

  /**
   * What holds for all brokers of one round.
   *
   * @param endNs when reading ends
   * @param leftBytes of all files
   */
  private record Round(
      LogWindow window, Duration deadline, long endNs, AtomicLong leftBytes, int brokers) {}

  private Observation observed(String witness, Fact fact) {
    Source kind = fact instanceof Fact.CollectorPauses ? Source.COLLECTOR_LOGS : Source.BROKER_LOGS;
    return new Observation(kind, witness, clockMs.getAsLong(), fact);
  }

  /** These brokers, and controllers that have a folder beside theirs. */
  private List<BrokerNode> withControllers(List<BrokerNode> brokers) {
    var all = new ArrayList<>(brokers);
    Path dir =
        switch (source) {
          case LogSource.Directory(var local) -> local;
          case LogSource.Bundled(var copies) -> copies;
          case LogSource.Ssh ssh -> null;
        };
    if (dir != null) {
      try {
        all.addAll(new LogDirectory(dir).controllers(brokers));
      } catch (IOException unreadable) {
        return all; // each broker's own reading says so
      }
    }
    return all;
  }

  private static Result await(
      BrokerNode broker, Future<Result> result, long endNs, Duration deadline) {
    try {
      return Unanswered.within(
          result, endNs, new Unanswered(UnaskedWords.NOT_READ, deadline.toMillis()));
    } catch (Unanswered none) {
      return unasked(broker, none.why());
    }
  }

  private Result read(BrokerNode broker, Round round) throws InterruptedException {
    LogWindow window = round.window();
    long skewMs = window.skewMs().getOrDefault(broker.id(), 0L);
    long sinceMs = window.fromWallMs() + Math.min(0, skewMs) - MODIFIED_MARGIN_MS;
    try {
      return switch (source) {
        case LogSource.Directory(var dir) -> {
          List<Path> named = new LogDirectory(dir).find(broker, sinceMs);
          List<Path> files =
              named.isEmpty() && broker.host().isEmpty()
                  ? LogOwners.find(dir, broker.id(), sinceMs)
                  : named;
          var none = Sentence.of(UnaskedWords.NO_LOG_OF, dir, broker.id(), broker.host());
          if (files.isEmpty()) yield unasked(broker, none);
          yield new BrokerReading(broker, window)
              .files(
                  files, dir.toString(), skewMs, new Allowance(round.leftBytes(), round.endNs()));
        }
        case LogSource.Bundled(var dir) -> {
          List<Path> files = new LogDirectory(dir, false).find(broker, sinceMs);
          String name = String.valueOf(dir.getFileName()); // the same wherever the bundle lies
          var none = Sentence.of(UnaskedWords.NO_LOG_OF, name, broker.id(), broker.host());
          if (files.isEmpty()) yield unasked(broker, none);
          yield new BrokerReading(broker, window.ofCopies())
              .files(files, name, skewMs, new Allowance(round.leftBytes(), round.endNs()));
        }
        case LogSource.Ssh over -> {
          var fetched =
              new LogsOverSsh(over, ssh, round.brokers())
                  .read(broker.host(), sinceMs, round.deadline());
          long ahead = skewMs == 0 ? fetched.aheadMs() : skewMs;
          String where = broker.host() + ":" + over.path();
          if (fetched.files().isEmpty()) {
            yield unasked(broker, Sentence.of(UnaskedWords.NO_LOG, where));
          }
          yield new BrokerReading(broker, window)
              .fetched(fetched.files(), where, fetched.zone(), ahead);
        }
      };
    } catch (NoSuchFileException missing) {
      return unasked(broker, Sentence.of(UnaskedWords.NO_DIRECTORY, missing.getFile()));
    } catch (AccessDeniedException denied) {
      return unasked(broker, Sentence.of(UnaskedWords.NO_RIGHT, denied.getFile()));
    } catch (IOException failed) {
      return unasked(broker, Unanswered.reason(failed));
    } catch (java.io.UncheckedIOException failed) { // from a walk over folders
      return unasked(broker, Unanswered.reason(failed));
    }
  }

  private static Result unasked(BrokerNode broker, Sentence why) {
    return Result.of(List.of(BrokerReading.unasked(broker, why)));
  }
}
