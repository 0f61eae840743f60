package holter.server.log;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.text.Unanswered;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Reads the logs of all brokers at once and tells who complains of whom. A log that cannot be read,
 * or not in time, is named as {@link Fact.Unasked}. Thread-safe.
 */
public final class BrokerLogs {
  /** A file's time of change is by another clock; it may be off by this before it is left out. */
  private static final long MODIFIED_MARGIN_MS = 600_000;

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

  /** Complaints and the shape of each broker's log within the window; blocks up to the deadline. */
  public List<Observation> observe(List<BrokerNode> brokers, LogWindow window, Duration deadline) {
    long endNs = System.nanoTime() + deadline.toNanos();
    var reading = new LinkedHashMap<BrokerNode, Future<List<Fact>>>();
    // Not closed: closing would wait for a mount that hangs. Its threads end by themselves.
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    for (BrokerNode broker : brokers) {
      reading.put(broker, threads.submit(() -> read(broker, window, deadline)));
    }
    threads.shutdown();
    var all = new ArrayList<Observation>();
    reading.forEach(
        (broker, facts) -> {
          for (Fact fact : await(broker, facts, endNs, deadline)) {
            String witness = Integer.toString(broker.id());
            all.add(new Observation(Source.BROKER_LOGS, witness, clockMs.getAsLong(), fact));
          }
        });
    return all;
  }

  private static List<Fact> await(
      BrokerNode broker, Future<List<Fact>> facts, long endNs, Duration deadline) {
    try {
      return facts.get(Math.max(0, endNs - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return unasked(broker, Sentence.of(UnaskedWords.NOT_READ, deadline.toMillis()));
    } catch (ExecutionException failed) {
      return unasked(broker, Sentence.of(UnaskedWords.FAILED, String.valueOf(failed.getCause())));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return unasked(broker, Sentence.of(UnaskedWords.INTERRUPTED));
    } finally {
      facts.cancel(true);
    }
  }

  private List<Fact> read(BrokerNode broker, LogWindow window, Duration deadline)
      throws InterruptedException {
    long skewMs = window.skewMs().getOrDefault(broker.id(), 0L);
    long sinceMs = window.fromWallMs() + Math.min(0, skewMs) - MODIFIED_MARGIN_MS;
    try {
      return switch (source) {
        case LogSource.Directory(var dir) -> {
          List<LogFile> files = new LogDirectory(dir).read(broker, sinceMs);
          var none = Sentence.of(UnaskedWords.NO_LOG_OF, dir, broker.id(), broker.host());
          if (files.isEmpty()) yield unasked(broker, none);
          yield digest(broker, window, window.zone(), skewMs, files, dir.toString());
        }
        case LogSource.Bundled(var dir) -> {
          List<LogFile> files = new LogDirectory(dir, false).read(broker, sinceMs);
          String name = String.valueOf(dir.getFileName()); // the same wherever the bundle lies
          var none = Sentence.of(UnaskedWords.NO_LOG_OF, name, broker.id(), broker.host());
          if (files.isEmpty()) yield unasked(broker, none);
          yield digest(broker, window, window.zone(), skewMs, files, name);
        }
        case LogSource.Ssh over -> {
          var fetched = new LogsOverSsh(over, ssh).read(broker.host(), sinceMs, deadline);
          long ahead = skewMs == 0 ? fetched.aheadMs() : skewMs;
          String where = broker.host() + ":" + over.path();
          yield digest(broker, window, fetched.zone(), ahead, fetched.files(), where);
        }
      };
    } catch (NoSuchFileException missing) {
      return unasked(broker, Sentence.of(UnaskedWords.NO_DIRECTORY, missing.getFile()));
    } catch (AccessDeniedException denied) {
      return unasked(broker, Sentence.of(UnaskedWords.NO_RIGHT, denied.getFile()));
    } catch (IOException failed) {
      return unasked(broker, Unanswered.reason(failed));
    }
  }

  private static List<Fact> digest(
      BrokerNode broker,
      LogWindow window,
      ZoneId zone,
      long skewMs,
      List<LogFile> files,
      String where) {
    if (files.isEmpty()) {
      return unasked(broker, Sentence.of(UnaskedWords.NO_LOG, where));
    }
    var digest = new LogDigest(broker.id(), window);
    var reader = new EntryReader(zone, skewMs, digest::take);
    files.forEach(file -> reader.read(file.bytes()));
    return digest.any()
        ? digest.facts()
        : unasked(broker, Sentence.of(UnaskedWords.NO_DATES, files.getFirst().name(), where));
  }

  private static List<Fact> unasked(BrokerNode broker, Sentence why) {
    return List.of(new Fact.Unasked(Sentence.of(UnaskedWords.LOG_OF, broker.id()), why));
  }
}
