package holter.cli.direct;

import holter.channel.ClusterMap;
import holter.channel.LaneOutcome;
import holter.channel.LaneSample;
import holter.cli.Data;
import holter.cli.Exit;
import holter.cli.Format;
import holter.cli.Table;
import holter.cli.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prints each sample as it ends, and a summary once at the end. In JSON each line is an object of
 * its own. Thread-safe.
 */
final class ProbeLog {
  private final Terminal terminal;
  private final ClusterMap map;
  private final int rounds;
  private final Map<Integer, Tally> tallies = new TreeMap<>();
  private boolean ended;

  ProbeLog(Terminal terminal, ClusterMap map, Set<Integer> wanted, int rounds) {
    this.terminal = terminal;
    this.map = map;
    this.rounds = rounds;
    wanted.forEach(partition -> tallies.put(partition, new Tally()));
  }

  /** What became of one partition's probes so far. */
  private static final class Tally {
    /** Round trips kept for the summary; beyond it the oldest give way. */
    private static final int TRIPS_MAX = 10_000;

    private final List<Long> tripsMs = new ArrayList<>();
    private int sent;
    private int lost;
    private int denied;
    private int voided;

    void add(LaneOutcome outcome) {
      sent++;
      long trip =
          switch (outcome) {
            case LaneOutcome.Seen(long _, long seenMs) -> seenMs;
            case LaneOutcome.Fetched(long fetchMs) -> fetchMs;
            case LaneOutcome.AckedUnseen _,
                LaneOutcome.Unacked _,
                LaneOutcome.Refused _,
                LaneOutcome.FetchSilent _,
                LaneOutcome.Voided _ ->
                -1;
          };
      if (trip >= 0) {
        if (tripsMs.size() == TRIPS_MAX) tripsMs.removeFirst();
        tripsMs.add(trip);
      } else if (outcome instanceof LaneOutcome.Voided) {
        voided++;
      } else if (!Rights.denialIn(outcome).isEmpty()) {
        denied++;
      } else {
        lost++;
      }
    }
  }

  synchronized void take(LaneSample sample) {
    Tally tally = tallies.get(sample.partition());
    if (tally == null || ended || tally.sent >= rounds) return;
    tally.add(sample.outcome());
    if (terminal.format() == Format.TEXT) {
      terminal.out().println(line(sample, tally.sent));
    } else {
      terminal.out().println(Data.line(object(sample, tally.sent)));
    }
    notifyAll();
  }

  /** Blocks until every partition had its rounds, at most until the deadline. */
  synchronized void await(Duration atMost) throws InterruptedException {
    long endNs = System.nanoTime() + atMost.toNanos();
    while (tallies.values().stream().anyMatch(tally -> tally.sent < rounds)) {
      long leftMs = (endNs - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) return;
      wait(leftMs);
    }
  }

  /** Prints the summary; only the first call does. */
  synchronized void summarise() {
    if (ended) return;
    ended = true;
    if (tallies.values().stream().allMatch(tally -> tally.sent == 0)) return;
    if (terminal.format() == Format.TEXT) {
      terminal.out().println(summary());
    } else {
      terminal.out().println(Data.line(Map.of("kind", "summary", "partitions", totals())));
    }
  }

  synchronized int exit() {
    boolean silent =
        tallies.values().stream().anyMatch(tally -> tally.tripsMs.isEmpty() && tally.lost == 0);
    if (tallies.values().stream().anyMatch(tally -> tally.lost > 0)) return Exit.FINDINGS;
    if (tallies.values().stream().anyMatch(tally -> tally.denied > 0)) return Exit.DENIED;
    return silent ? Exit.CANNOT_TELL : Exit.OK;
  }

  private String line(LaneSample sample, int round) {
    return "%s-%d #%d leader %s: %s"
        .formatted(map.topic(), sample.partition(), round, leader(sample), said(sample.outcome()));
  }

  private String leader(LaneSample sample) {
    return map.broker(sample.leaderId())
        .map(broker -> broker.id() + " " + broker.host())
        .orElse(String.valueOf(sample.leaderId()));
  }

  private static String said(LaneOutcome outcome) {
    String denial = Rights.denialIn(outcome);
    if (!denial.isEmpty()) return "DENIED: " + denial + "; try: " + Rights.HINT;
    return switch (outcome) {
      case LaneOutcome.Seen(long ackMs, long seenMs) ->
          "acknowledged %d ms, read back %d ms".formatted(ackMs, seenMs);
      case LaneOutcome.AckedUnseen(long ackMs) ->
          "LOST: acknowledged %d ms, not visible by the deadline (a follower holds it back)"
              .formatted(ackMs);
      case LaneOutcome.Unacked(String error) -> "LOST: not acknowledged: " + error;
      case LaneOutcome.Refused(String error) -> "LOST: refused: " + error;
      case LaneOutcome.Fetched(long fetchMs) -> "read %d ms (not written)".formatted(fetchMs);
      case LaneOutcome.FetchSilent(String error) -> "LOST: no answer to a read: " + error;
      case LaneOutcome.Voided(String why) -> "void: " + why;
    };
  }

  private static Map<String, Object> object(LaneSample sample, int round) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "sample");
    line.put("partition", sample.partition());
    line.put("round", round);
    line.put("leader", sample.leaderId());
    line.put("sentAtMs", sample.sentAtMs());
    line.put("outcome", sample.outcome().getClass().getSimpleName());
    line.put("detail", sample.outcome());
    return line;
  }

  private String summary() {
    Table table =
        new Table("PARTITION", "SENT", "LOST", "DENIED", "VOID", "LOSS", "MIN", "MEDIAN", "MAX");
    for (Map<String, Object> total : totals()) {
      table.row(
          map.topic() + "-" + total.get("partition"),
          total.get("sent"),
          total.get("lost"),
          total.get("denied"),
          total.get("voided"),
          total.get("lossPercent") + " %",
          total.get("minMs") + " ms",
          total.get("medianMs") + " ms",
          total.get("maxMs") + " ms");
    }
    return "\n" + table;
  }

  private List<Map<String, Object>> totals() {
    List<Map<String, Object>> totals = new ArrayList<>();
    tallies.forEach(
        (partition, tally) -> {
          List<Long> sorted = tally.tripsMs.stream().sorted().toList();
          int counted = tally.sent - tally.voided - tally.denied;
          Map<String, Object> total = new LinkedHashMap<>();
          total.put("partition", partition);
          total.put("sent", tally.sent);
          total.put("lost", tally.lost);
          total.put("denied", tally.denied);
          total.put("voided", tally.voided);
          total.put("lossPercent", counted == 0 ? "?" : Math.round(100.0 * tally.lost / counted));
          total.put("minMs", sorted.isEmpty() ? "?" : sorted.getFirst());
          total.put("medianMs", sorted.isEmpty() ? "?" : sorted.get(sorted.size() / 2));
          total.put("maxMs", sorted.isEmpty() ? "?" : sorted.getLast());
          totals.add(total);
        });
    return totals;
  }
}
