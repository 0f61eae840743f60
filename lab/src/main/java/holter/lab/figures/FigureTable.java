package holter.lab.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The table of figures from result files. Pure. */
final class FigureTable {
  private static final List<String> FAULTS =
      List.of("incident", "incident-5-minutes", "naming-nic", "naming-hang");

  /** Of fewer figures the 95th percentile is the largest. */
  private static final int PERCENTILE_OF_MIN = 20;

  private final Map<String, List<JsonNode>> groups;
  private final StringBuilder out = new StringBuilder();

  FigureTable(Map<String, List<JsonNode>> groups) {
    this.groups = groups;
  }

  String markdown() {
    head();
    row(
        "command's start → diagnosis printed (incident)",
        "≤ 90 s",
        List.of("incident"),
        this::startToDiagnosis);
    row(
        "healthy workers restarted, 5 minutes of the fault",
        "0",
        List.of("incident-5-minutes"),
        () -> figures("incident-5-minutes", run -> run.path("falseRestarts").asDouble(), false));
    row("dead agent during the fault: kill → restart ordered", "≤ 6 s", FAULTS, this::deadAgents);
    row("registration during the fault: visible", "≤ 3 s", FAULTS, this::registrations);
    row(
        "dead foreign sender, 5 s beats, healthy paths",
        "≤ 30 s",
        List.of("worker-dead"),
        () -> deaths(List.of("worker-dead"), "savoir"));
    row(
        "partitions, broker, host named: leader stops answering",
        "≤ 5 s p95",
        List.of("naming-hang"),
        () -> naming("naming-hang"));
    row(
        "partitions, broker, host named: NIC saturates",
        "≤ 15 s p95",
        List.of("naming-nic"),
        () -> naming("naming-nic"));
    row("one sick broker's effect on other lanes' period", "< 0.10", FAULTS, this::lanes);
    calm("probe records per lane in calm", "≤ 1 /s", "recordsPerSPerLane");
    calm("probe traffic per lane in calm, client side", "≤ 800 B/s", "bytesPerSPerLane");
    calm("beside it, copied by followers", "-", "replicatedBytesPerSPerLane");
    calm("bytes/s of the orchestrator's host in calm, all it does", "-", "orchestratorBytesPerS");
    calm("of them keys and values of beats", "-", "beatBytesPerS");
    for (var version : List.of("incident-0.10.1.1", "incident", "incident-4.4.0")) {
      row(
          "diagnosis on " + version,
          "F04 1001 iota-n2",
          List.of(version),
          () -> diagnosis(version));
    }
    foot();
    return out.toString();
  }

  private void foot() {
    out.append(
        """

        A run whose fault was not felt by the lab's own witness is void and not counted. The last column is the baseline: healthy workers that a
        plain timeout on the same beats would have restarted, per run. p95 is told of 20 figures and more.
        """);
  }

  private void head() {
    out.append("# Figures\n\n");
    out.append(
        "Made by `holter lab figures` from result files of repeated runs; times in seconds.\n");
    runs()
        .findFirst()
        .ifPresent(
            run ->
                out.append(
                    "Machine: %s cores, %s MB, Java %s; load when the runs began: %s.\n"
                        .formatted(
                            run.at("/machine/cores").asText(),
                            run.at("/machine/memoryMb").asText(),
                            run.at("/machine/java").asText(),
                            range(
                                runs()
                                    .map(each -> each.at("/machine/loadAtStart").asDouble())
                                    .toList()))));
    out.append(
        "\n| what | to reach | reached | runs (void) | plain timeout |\n|---|---|---|---|---|\n");
  }

  private Stream<JsonNode> runs() {
    return groups.values().stream().flatMap(List::stream);
  }

  private record Cell(String reached, int runs, int voids) {}

  private void row(String what, String toReach, List<String> from, Supplier<Cell> figure) {
    var cell = figure.get();
    out.append(
        "| %s | %s | %s | %d (%d) | %s |\n"
            .formatted(what, toReach, cell.reached(), cell.runs(), cell.voids(), baseline(from)));
  }

  private void calm(String what, String toReach, String key) {
    row(
        what,
        toReach,
        List.of("calm"),
        () -> {
          var all = group("calm");
          var told =
              all.stream()
                  .filter(FigureTable::counts)
                  .map(run -> run.path("probes").path(key))
                  .filter(JsonNode::isNumber)
                  .map(JsonNode::asDouble)
                  .toList();
          int voids = (int) all.stream().filter(run -> !counts(run)).count();
          var said = all.isEmpty() ? "not run" : told.isEmpty() ? "unknown" : range(told);
          return new Cell(said, all.size(), voids);
        });
  }

  /** What a plain timeout would have done to healthy workers in the same runs. */
  private String baseline(List<String> from) {
    var healthy =
        from.stream()
            .flatMap(name -> group(name).stream())
            .filter(FigureTable::counts)
            .map(run -> run.at("/plainTimeout/falseRestarts"))
            .filter(JsonNode::isNumber)
            .map(JsonNode::asDouble)
            .toList();
    return healthy.isEmpty() ? "-" : range(healthy);
  }

  private List<JsonNode> group(String name) {
    return groups.getOrDefault(name, List.of());
  }

  private static boolean counts(JsonNode run) {
    return run.path("voidWhy").isNull();
  }

  private Cell figures(String group, Function<JsonNode, Double> figure, boolean percentile) {
    var all = group(group);
    var counted = all.stream().filter(FigureTable::counts).toList();
    return cell(counted.stream().map(figure).toList(), all.size(), percentile);
  }

  private static Cell cell(List<Double> values, int runs, boolean percentile) {
    int voids = (runs - values.size());
    if (values.isEmpty()) {
      return new Cell("not run", runs, voids);
    }
    long never = values.stream().filter(value -> value < 0).count();
    var sorted = values.stream().filter(value -> value >= 0).sorted().toList();
    var said = sorted.isEmpty() ? "" : percentile ? percentiles(sorted) : range(sorted);
    var nevers = never + " never";
    return new Cell(
        never == 0 ? said : said.isEmpty() ? nevers : said + " and " + nevers, runs, voids);
  }

  private static String percentiles(List<Double> sorted) {
    var p95 =
        sorted.size() < PERCENTILE_OF_MIN
            ? ""
            : "p95 " + rounded(sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1)) + ", ";
    return "p50 %s, %smax %s"
        .formatted(rounded(sorted.get(sorted.size() / 2)), p95, rounded(sorted.getLast()));
  }

  private static String range(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    var low = rounded(sorted.getFirst());
    var high = rounded(sorted.getLast());
    return low.equals(high) ? low : low + "–" + high;
  }

  private static String rounded(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.valueOf(Math.round(value * 100) / 100.0);
  }

  private Cell startToDiagnosis() {
    return figures(
        "incident",
        run ->
            claims(run)
                .map(claim -> run.path("startupS").asDouble() + claim.path("atS").asDouble())
                .findFirst()
                .orElse(-1.0),
        false);
  }

  /** Causes called likely or confirmed, in the order of their being claimed. */
  private static Stream<JsonNode> claims(JsonNode run) {
    return StreamSupport.stream(run.path("diagnoses").spliterator(), false)
        .filter(claim -> !claim.path("confidence").asText().equalsIgnoreCase("INCONCLUSIVE"));
  }

  private Cell deadAgents() {
    return deaths(FAULTS, "dac");
  }

  private Cell deaths(List<String> names, String who) {
    var seconds = new ArrayList<Double>();
    for (var name : names) {
      for (var run : group(name)) {
        for (var death : counts(run) ? run.path("deaths") : List.<JsonNode>of()) {
          if (death.path("instance").asText().startsWith(who)) {
            seconds.add(death.path("restartedAfterS").asDouble(-1));
          }
        }
      }
    }
    return cell(seconds, seconds.size(), true);
  }

  private Cell registrations() {
    var seconds = new ArrayList<Double>();
    for (var name : FAULTS) {
      for (var run : group(name)) {
        double onsetS = run.path("onsetS").asDouble(0);
        for (var dial : counts(run) ? run.at("/registrations/each") : List.<JsonNode>of()) {
          if (dial.path("atS").asDouble() > onsetS) {
            seconds.add(dial.path("visibleAfterS").asDouble(-1));
          }
        }
        for (int n = 0; counts(run) && n < run.at("/registrations/lost").asInt(); n++) {
          seconds.add(-1.0);
        }
      }
    }
    return cell(seconds, seconds.size(), true);
  }

  private Cell naming(String group) {
    return figures(group, run -> run.at("/naming/subjectAfterS").asDouble(-1), true);
  }

  private Cell lanes() {
    var changes =
        FAULTS.stream()
            .flatMap(name -> group(name).stream())
            .filter(FigureTable::counts)
            .map(run -> run.at("/probes/lanePeriodChange"))
            .filter(JsonNode::isNumber)
            .map(JsonNode::asDouble)
            .sorted()
            .toList();
    return cell(changes, changes.size(), true);
  }

  private Cell diagnosis(String group) {
    var all = group(group);
    var said =
        all.stream()
            .filter(FigureTable::counts)
            .flatMap(FigureTable::claims)
            .filter(claim -> claim.at("/subject/brokerId").asInt(-1) >= 0) // the channel's
            .map(
                claim ->
                    "%s %s %s"
                        .formatted(
                            claim.path("cause").asText(),
                            claim.at("/subject/brokerId").asText(),
                            claim.at("/subject/host").asText()))
            .distinct()
            .toList();
    int voids = (int) all.stream().filter(run -> !counts(run)).count();
    return new Cell(all.isEmpty() ? "not run" : String.join(", ", said), all.size(), voids);
  }
}
