package holter.lab.run;

import holter.channel.TwinName;
import holter.lab.fleet.TruthLog;
import holter.lab.scenario.Draw;
import holter.lab.scenario.Scenario;
import holter.lab.witness.Counterfactual;
import holter.lab.witness.LaneBook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what Holter's probing costs while nothing is wrong: records and their copies by the twin
 * topic itself, bytes of the lanes by the orchestrator's own metrics, and beside them all that
 * passed the NIC of the orchestrator's host. Confined to one thread.
 */
final class ProbeMeter {
  private static final String TWIN = TwinName.of(Scenario.HEARTBEAT);

  private final World.Parts parts;
  private final Scenario scenario;
  private final Counterfactual plain;
  private final Reading start;
  private @Nullable Reading end;

  /** Totals at a moment; −1 where they cannot be told. */
  private record Reading(TwinBook twin, long laneBytes, long hostBytes, long beatBytes) {
    long atMs() {
      return twin.atMs();
    }
  }

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
        TwinBook.read(
            parts.kafka().bootstrap(), TWIN, scenario.beatPartitions(), parts.truth().clock()),
        parts.api().text("/metrics").map(ProbeMeter::laneBytes).orElse(-1L),
        host.egress().passedBytes() + host.ingress().passedBytes(),
        plain.bytesRead());
  }

  /** What the lanes' sockets have carried, both directions, as the metrics page has it. */
  static long laneBytes(String page) {
    long sum = 0;
    for (var name : List.of("holter_lane_bytes_out", "holter_lane_bytes_in")) {
      var line = page.lines().filter(each -> each.startsWith(name + " ")).findFirst();
      if (line.isEmpty()) {
        return -1;
      }
      sum += Math.round(Double.parseDouble(line.get().substring(name.length()).strip()));
    }
    return sum;
  }

  RunResult.Probes result() {
    stop();
    var last = java.util.Objects.requireNonNull(end);
    double seconds = Math.max(0.001, (last.atMs() - start.atMs()) / 1e3);
    int lanes = start.twin().ends().size();
    return new RunResult.Probes(
        lanes,
        perLane(start.twin().records(), last.twin().records(), seconds, lanes),
        perLane(start.laneBytes(), last.laneBytes(), seconds, lanes),
        perLane(start.twin().copiedBytes(), last.twin().copiedBytes(), seconds, lanes),
        two((last.hostBytes() - start.hostBytes()) / seconds),
        two((last.beatBytes() - start.beatBytes()) / seconds),
        lanePeriodChange(last.atMs()));
  }

  private static @Nullable Double perLane(long from, long to, double seconds, int lanes) {
    return lanes == 0 || from < 0 || to < 0 ? null : two((to - from) / seconds / lanes);
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
    if (scenario.timeline().isEmpty() || start.twin().ends().isEmpty()) {
      return null;
    }
    var victim = scenario.ledBy(Draw.victim(scenario));
    var book = LaneBook.read(parts.kafka().bootstrap(), TWIN, victim);
    var calm = book.periodsMs(start.atMs(), faultMs);
    var during = book.periodsMs(faultMs, reliefMs);
    return calm.entrySet().stream()
        .filter(lane -> during.containsKey(lane.getKey()))
        .map(lane -> Math.abs(during.getOrDefault(lane.getKey(), 0.0) / lane.getValue() - 1))
        .max(Double::compare)
        .map(ProbeMeter::two)
        .orElse(null);
  }

  private static double two(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
