package holter.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Detection time against false restarts: one panel over all scenarios and one per group of them,
 * one line per family, one point per parameter.
 */
final class DetectCurve {
  private static final int WIDTH = 380;
  private static final int HEIGHT = 330;
  private static final int COLUMNS = 3;
  private static final int LEFT = 56;
  private static final int BOTTOM = 280;
  private static final int RIGHT = 350;
  private static final int TOP = 36;
  private static final double S_MAX = 300;
  private static final double FALSE_MAX = 100_000;
  private static final List<String> COLOURS =
      List.of(
          "#0b7285", "#868e96", "#d9480f", "#f08c00", "#5f3dc4", "#2b8a3e", "#a61e4d", "#1864ab");

  private final Map<Contestant, List<Trial>> trials;

  DetectCurve(Map<Contestant, List<Trial>> trials) {
    this.trials = trials;
  }

  /** Scenarios that ask the same thing of a detector. */
  enum Panel {
    ALL("all scenarios", ""),
    HEALTHY_PATHS("every path is well", "A F10 F40 F100 I I2 J K L P"),
    SICK_PATHS("some paths are sick", "B B2 B3 BN C H N O"),
    BLIND("everything is dark, or we stood still", "D E12 E40 G M"),
    HOSTS("hosts vanish or are cut off", "Q V V0");

    private final String title;
    private final String scenarios;

    /**
     * @param scenarios their ids, a blank between; empty for all
     */
    Panel(String title, String scenarios) {
      this.title = title;
      this.scenarios = scenarios;
    }

    boolean holds(String scenario) {
      return scenarios.isEmpty() || List.of(scenarios.split(" ")).contains(scenario);
    }
  }

  private record Point(String label, double seconds, double wrong) {}

  private Map<String, List<Point>> families(Panel panel) {
    var families = new LinkedHashMap<String, List<Point>>();
    trials.forEach(
        (c, all) -> {
          var points = families.computeIfAbsent(c.family(), f -> new ArrayList<>());
          var here = all.stream().filter(t -> panel.holds(t.scenario())).toList();
          double wrong = here.stream().mapToInt(Trial::wrong).sum();
          double seconds = DetectTable.verdict(here).p50();
          if (!Double.isNaN(seconds)) {
            points.add(new Point(c.parameter(), seconds, wrong));
          }
        });
    return families;
  }

  String svg() {
    int rows = (Panel.values().length + COLUMNS) / COLUMNS; // the legend takes a place too
    var out = new StringBuilder();
    out.append(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">\n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n")
            .formatted(COLUMNS * WIDTH, rows * HEIGHT));
    int place = 0;
    for (var panel : Panel.values()) {
      open(out, place++);
      axes(out, panel);
      int n = 0;
      for (var family : families(panel).entrySet()) {
        line(out, family.getKey(), family.getValue(), n++);
      }
      out.append("</g>\n");
    }
    open(out, place);
    legend(out);
    return out.append("</g>\n</svg>\n").toString();
  }

  private static void open(StringBuilder out, int place) {
    out.append(
        "<g transform=\"translate(%d %d)\">\n"
            .formatted(place % COLUMNS * WIDTH, place / COLUMNS * HEIGHT));
  }

  private static void axes(StringBuilder out, Panel panel) {
    out.append(
        "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"black\"/>\n"
            .formatted(LEFT, TOP, BOTTOM, RIGHT));
    for (double s : new double[] {1, 2, 5, 10, 20, 50, 100, 300}) {
      text(out, x(s) - 6, BOTTOM + 16, "%.0f".formatted(s), "black");
    }
    for (double wrong : new double[] {0, 10, 100, 1_000, 10_000, 100_000}) {
      text(out, 8, y(wrong) + 4, "%.0f".formatted(wrong), "black");
    }
    text(out, LEFT + 70, BOTTOM + 34, "seconds to the verdict, median", "black");
    text(out, 8, 14, "false restarts: " + panel.title, "black");
  }

  private static void line(StringBuilder out, String family, List<Point> points, int n) {
    String colour = COLOURS.get(n % COLOURS.size());
    var path = new StringBuilder();
    for (var p : points) {
      path.append(
          "%s%.1f %.1f".formatted(path.isEmpty() ? "M" : "L", x(p.seconds()), y(p.wrong())));
    }
    if (!path.isEmpty()) {
      out.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\"/>\n".formatted(path, colour));
    }
    for (var p : points) {
      out.append(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%s %s</title></circle>\n"
              .formatted(x(p.seconds()), y(p.wrong()), colour, family, p.label()));
    }
  }

  private void legend(StringBuilder out) {
    int n = 0;
    for (var family : families(Panel.ALL).keySet()) {
      String colour = COLOURS.get(n % COLOURS.size());
      out.append(
          "<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"%s\"/>\n"
              .formatted(LEFT, TOP + 20 * n - 4, colour));
      text(out, LEFT + 12, TOP + 20 * n, family, colour);
      n++;
    }
  }

  private static void text(StringBuilder out, double x, double y, String text, String colour) {
    out.append("<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>\n".formatted(x, y, colour, text));
  }

  private static double x(double seconds) {
    double share = Math.log(Math.clamp(seconds, 1, S_MAX)) / Math.log(S_MAX);
    return LEFT + share * (RIGHT - LEFT);
  }

  /** Logarithmic from one on, nought at the bottom. */
  private static double y(double wrong) {
    double share = Math.log1p(Math.min(wrong, FALSE_MAX)) / Math.log1p(FALSE_MAX);
    return BOTTOM - share * (BOTTOM - TOP);
  }
}
