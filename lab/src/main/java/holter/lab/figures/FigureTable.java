package holter.lab.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The table of figures from result files. Pure. */
final class FigureTable {
  private final Map<String, List<JsonNode>> groups;
  private final StringBuilder out = new StringBuilder();

  FigureTable(Map<String, List<JsonNode>> groups) {
    this.groups = groups;
  }

  String markdown() {
    head();
    row("command's start → diagnosis printed (incident)", "≤ 90 s", this::startToDiagnosis);
    row(
        "healthy workers restarted, 5 minutes of the fault",
        "0",
        () ->
            figures("incident-5-minutes", run -> run.path("falseRestarts").asDouble(), "", false));
    row("dead agent during the fault: kill → restart ordered", "≤ 6 s", this::deadAgents);
    row("registration during the fault: visible", "≤ 3 s", this::registrations);
    row("dead foreign sender, 5 s beats, healthy paths", "≤ 30 s", this::deadForeign);
    row(
        "partitions, broker, host named: leader stops answering",
        "≤ 5 s p95",
        () -> naming("naming-hang"));
    row("partitions, broker, host named: NIC saturates", "≤ 15 s p95", () -> naming("naming-nic"));
    row("one sick broker's effect on other lanes' period", "< 0.10", this::lanes);
    row("probe records per lane in calm", "≤ 1 /s", () -> calm("recordsPerSPerLane"));
    row(
        "bytes/s of the orchestrator's host in calm, all it does",
        "-",
        () -> calm("orchestratorBytesPerS"));
    row("of them keys and values of beats", "-", () -> calm("beatBytesPerS"));
    for (var version : List.of("incident-0.10.1.1", "incident", "incident-4.4.0")) {
      row("diagnosis on " + version, "F04 1001 iota-n2", () -> diagnosis(version));
    }
    out.append('\n');
    out.append(
        "A run whose fault was not felt by the lab's own witness is void and not counted.\n");
    return out.toString();
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
    out.append("\n| what | to reach | reached | runs (void) |\n|---|---|---|---|\n");
  }

  private Stream<JsonNode> runs() {
    return groups.values().stream().flatMap(List::stream);
  }

  private record Cell(String reached, int runs, int voids) {}

  private void row(String what, String toReach, java.util.function.Supplier<Cell> figure) {
    var cell = figure.get();
    out.append(
        "| %s | %s | %s | %d (%d) |\n"
            .formatted(what, toReach, cell.reached(), cell.runs(), cell.voids()));
  }

  private List<JsonNode> group(String name) {
    return groups.getOrDefault(name, List.of());
  }

  private static boolean counts(JsonNode run) {
    return run.path("voidWhy").isNull();
  }

  private Cell figures(
      String group, Function<JsonNode, Double> figure, String unit, boolean percentile) {
    var all = group(group);
    var counted = all.stream().filter(FigureTable::counts).toList();
    return cell(counted.stream().map(figure).toList(), all.size(), unit, percentile);
  }

  private Cell cell(List<Double> values, int runs, String unit, boolean percentile) {
    int voids = (runs - values.size());
    if (values.isEmpty()) {
      return new Cell("not run", runs, voids);
    }
    long never = values.stream().filter(value -> value < 0).count();
    var sorted = values.stream().filter(value -> value >= 0).sorted().toList();
    var said = sorted.isEmpty() ? "" : percentile ? percentiles(sorted) : range(sorted) + unit;
    return new Cell(never == 0 ? said : said + " and " + never + " never", runs, voids);
  }

  private static String percentiles(List<Double> sorted) {
    return "p50 %s, p95 %s, max %s"
        .formatted(
            rounded(sorted.get(sorted.size() / 2)),
            rounded(sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1)),
            rounded(sorted.getLast()));
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
            run.path("diagnoses").isEmpty()
                ? -1.0
                : run.path("startupS").asDouble() + run.at("/diagnoses/0/atS").asDouble(),
        "",
        false);
  }

  private Cell deadAgents() {
    return deaths(List.of("incident", "incident-5-minutes", "naming-nic", "naming-hang"), "dac");
  }

  private Cell deadForeign() {
    return deaths(List.of("worker-dead"), "savoir");
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
    return cell(seconds, seconds.size(), "", true);
  }

  private Cell registrations() {
    var seconds = new ArrayList<Double>();
    for (var name : List.of("incident", "incident-5-minutes", "naming-nic", "naming-hang")) {
      for (var run : group(name)) {
        double onsetS = run.path("onsetS").asDouble(0);
        for (var dial : counts(run) ? run.at("/registrations/each") : List.<JsonNode>of()) {
          if (dial.path("atS").asDouble() > onsetS) {
            seconds.add(dial.path("visibleAfterS").asDouble(-1));
          }
        }
      }
    }
    return cell(seconds, seconds.size(), "", true);
  }

  private Cell naming(String group) {
    return figures(group, run -> run.at("/naming/subjectAfterS").asDouble(-1), "", true);
  }

  private Cell lanes() {
    var changes =
        Stream.of("naming-hang", "naming-nic", "incident")
            .flatMap(name -> group(name).stream())
            .filter(FigureTable::counts)
            .map(run -> run.at("/probes/lanePeriodChange"))
            .filter(JsonNode::isNumber)
            .map(JsonNode::asDouble)
            .sorted()
            .toList();
    return cell(changes, changes.size(), "", true);
  }

  private Cell calm(String key) {
    return figures("calm", run -> run.path("probes").path(key).asDouble(-1), "", false);
  }

  private Cell diagnosis(String group) {
    var all = group(group);
    var said =
        all.stream()
            .filter(FigureTable::counts)
            .flatMap(run -> StreamSupport.stream(run.path("diagnoses").spliterator(), false))
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
