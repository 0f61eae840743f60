package holter.server;

import holter.channel.BrokerNode;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.Survey.Witness;
import holter.server.log.BrokerLogs;
import holter.server.log.LogSource;
import holter.server.log.LogWindow;
import holter.server.log.NamedLogs;
import holter.server.text.Unanswered;
import holter.words.Sentence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The witnesses that are logs: brokers', clients' and an orchestrator's. Thread-safe. */
final class LogWitnesses {
  /** A line of a log may be dated so far ahead of us by a clock that runs ahead. */
  private static final long AHEAD_MS = 60_000;

  private final @Nullable LogSource brokers;
  private final LogPlaces places;
  private final Duration deadline;
  private final LongSupplier clockMs;

  LogWitnesses(EvidenceAccess access, LongSupplier clockMs) {
    this.brokers = access.logs();
    this.places = access.logPlaces();
    this.deadline = access.deadline();
    this.clockMs = clockMs;
  }

  /**
   * Those to be asked; clients' and orchestrator's only where they were given.
   *
   * @param patience how long the brokers' clocks are waited for
   */
  List<Witness> around(
      List<BrokerNode> known,
      long sinceMs,
      CompletableFuture<Map<Integer, Long>> skews,
      Duration patience) {
    List<Witness> all = new ArrayList<>();
    all.add(ofBrokers(known, sinceMs, skews, patience));
    Path clients = places.clients();
    if (clients != null) {
      all.add(
          new Witness(
              Sentence.of(UnaskedWords.CLIENT_LOGS),
              Source.CLIENT_LOGS,
              slack(),
              hearing ->
                  hearing.heard(
                      new NamedLogs(clockMs)
                          .clients(clients, window(sinceMs, Map.of()), deadline))));
    }
    Path orchestrator = places.orchestrator();
    if (orchestrator != null) {
      all.add(
          new Witness(
              Sentence.of(UnaskedWords.ORCHESTRATOR_LOG),
              Source.ORCHESTRATOR_LOGS,
              slack(),
              hearing ->
                  hearing.heard(
                      new NamedLogs(clockMs)
                          .orchestrator(orchestrator, window(sinceMs, Map.of()), deadline))));
    }
    return all;
  }

  private Witness ofBrokers(
      List<BrokerNode> known,
      long sinceMs,
      CompletableFuture<Map<Integer, Long>> skews,
      Duration patience) {
    return ofBrokers(
        logs -> {
          if (known.isEmpty()) throw new Unanswered(UnaskedWords.NO_BROKER);
          long startedMs = clockMs.getAsLong();
          Map<Integer, Long> skew =
              skews.completeOnTimeout(Map.of(), patience.toMillis(), TimeUnit.MILLISECONDS).join();
          Duration left = deadline.minusMillis(clockMs.getAsLong() - startedMs);
          return logs.observe(known, window(sinceMs, skew), left);
        });
  }

  /** The logs of brokers that no map names; the others', and the controllers', are read already. */
  Witness ofDeparted(List<BrokerNode> departed, long sinceMs) {
    return ofBrokers(logs -> logs.observeThese(departed, window(sinceMs, Map.of()), deadline));
  }

  /** How the brokers' logs are read. */
  @FunctionalInterface
  private interface Reading {
    List<Observation> of(BrokerLogs logs) throws Unanswered;
  }

  private Witness ofBrokers(Reading reading) {
    return new Witness(
        Sentence.of(UnaskedWords.LOGS),
        Source.BROKER_LOGS,
        slack(),
        hearing -> {
          LogSource source = brokers;
          if (source == null) throw new Unanswered(UnaskedWords.NOT_CONFIGURED);
          hearing.heard(reading.of(new BrokerLogs(source, clockMs)));
        });
  }

  private LogWindow window(long sinceMs, Map<Integer, Long> skew) {
    return new LogWindow(sinceMs, clockMs.getAsLong() + AHEAD_MS, ZoneId.systemDefault(), skew);
  }

  /** A source keeps its own deadline; this one only catches a source that does not. */
  private Duration slack() {
    return deadline.plusMillis(1000);
  }
}
