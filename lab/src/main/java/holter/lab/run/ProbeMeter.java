package holter.lab.run;

import holter.lab.fleet.TruthLog;
import holter.lab.scenario.Draw;
import holter.lab.scenario.Scenario;
import holter.lab.witness.Counterfactual;
import holter.lab.witness.LaneBook;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Counts what Holter's probing costs while nothing is wrong: records by the twin topic's offsets,
 * bytes by what really passed the NIC of the orchestrator's host. Confined to one thread.
 */
final class ProbeMeter {
  private static final String TWIN = "holter-twin-" + Scenario.HEARTBEAT;
  private static final int DEADLINE_MS = 5_000;

  private final World.Parts parts;
  private final Scenario scenario;
  private final Counterfactual plain;
  private final Reading start;
  private @Nullable Reading end;

  private record Reading(long atMs, Map<Integer, Long> offsets, long hostBytes, long beatBytes) {}

  ProbeMeter(Scenario scenario, World.Parts parts, Counterfactual plain) {
    this.scenario = scenario;
    this.parts = parts;
    this.plain = plain;
    start = read();
  }

  /** Ends the counting; the first call counts. */
  void stop() {
    if (end == null) {
      end = read();
    }
  }

  private Reading read() {
    var host = parts.net().host(scenario.orchestrator().host());
    return new Reading(
        parts.truth().clock().nowMs(),
        offsets(),
        host.egress().passedBytes() + host.ingress().passedBytes(),
        plain.bytesRead());
  }

  private Map<Integer, Long> offsets() {
    var settings = new Properties();
    settings.put("bootstrap.servers", parts.kafka().bootstrap());
    settings.put("request.timeout.ms", String.valueOf(DEADLINE_MS));
    settings.put("default.api.timeout.ms", String.valueOf(DEADLINE_MS));
    try (var admin = Admin.create(settings)) {
      if (!admin.listTopics().names().get(DEADLINE_MS, TimeUnit.MILLISECONDS).contains(TWIN)) {
        return Map.of();
      }
      int partitions = scenario.beatPartitions();
      var asked =
          IntStream.range(0, partitions)
              .boxed()
              .collect(
                  Collectors.toMap(n -> new TopicPartition(TWIN, n), n -> OffsetSpec.latest()));
      var offsets = new HashMap<Integer, Long>();
      admin
          .listOffsets(asked)
          .all()
          .get(DEADLINE_MS, TimeUnit.MILLISECONDS)
          .forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
      return offsets;
    } catch (ExecutionException | TimeoutException unknown) {
      return Map.of();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  RunResult.Probes result() {
    stop();
    var last = java.util.Objects.requireNonNull(end);
    double seconds = Math.max(0.001, (last.atMs() - start.atMs()) / 1e3);
    int lanes = start.offsets().size();
    long records =
        start.offsets().entrySet().stream()
            .mapToLong(
                entry ->
                    last.offsets().getOrDefault(entry.getKey(), entry.getValue())
                        - entry.getValue())
            .sum();
    return new RunResult.Probes(
        lanes,
        lanes == 0 || last.offsets().isEmpty() ? null : two(records / seconds / lanes),
        two((last.hostBytes() - start.hostBytes()) / seconds),
        two((last.beatBytes() - start.beatBytes()) / seconds),
        lanePeriodChange(last.atMs()));
  }

  /** Of lanes whose leader the fault does not hit: calm period against the period during it. */
  private @Nullable Double lanePeriodChange(long faultMs) {
    long nowMs = parts.truth().clock().nowMs();
    long reliefMs =
        parts.truth().events().stream()
            .filter(event -> event.kind() == TruthLog.Kind.FAULT_ENDED)
            .mapToLong(TruthLog.Event::atMs)
            .findFirst()
            .orElse(nowMs);
    if (scenario.timeline().isEmpty() || start.offsets().isEmpty()) {
      return null;
    }
    var book = LaneBook.read(parts.kafka().bootstrap(), TWIN);
    var calm = book.periodsMs(start.atMs(), faultMs);
    var during = book.periodsMs(faultMs, reliefMs);
    var victim = scenario.ledBy(Draw.victim(scenario));
    return calm.entrySet().stream()
        .filter(lane -> !victim.contains(lane.getKey()) && during.containsKey(lane.getKey()))
        .map(lane -> Math.abs(during.getOrDefault(lane.getKey(), 0.0) / lane.getValue() - 1))
        .max(Double::compare)
        .map(ProbeMeter::two)
        .orElse(null);
  }

  private static double two(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
