package holter.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Detection time against false restarts, one line per family, one point per parameter. */
final class DetectCurve {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 460;
  private static final int LEFT = 70;
  private static final int BOTTOM = 400;
  private static final int RIGHT = 560;
  private static final int TOP = 30;
  private static final double S_MAX = 100;
  private static final double FALSE_MAX = 100_000;
  private static final List<String> COLOURS =
      List.of(
          "#0b7285", "#868e96", "#d9480f", "#e8590c", "#5f3dc4", "#2b8a3e", "#a61e4d", "#1864ab");

  private final Map<Contestant, List<Trial>> trials;

  DetectCurve(Map<Contestant, List<Trial>> trials) {
    this.trials = trials;
  }

  private record Point(String label, double seconds, double wrong) {}

  private Map<String, List<Point>> families() {
    var families = new LinkedHashMap<String, List<Point>>();
    trials.forEach(
        (c, all) -> {
          double wrong = all.stream().mapToInt(t -> t.wrong()).sum();
          double seconds = DetectTable.verdict(all).p50();
          if (!Double.isNaN(seconds)) {
            families
                .computeIfAbsent(c.family(), f -> new ArrayList<>())
                .add(new Point(c.parameter(), seconds, wrong));
          }
        });
    return families;
  }

  String svg() {
    var out = new StringBuilder();
    out.append(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">\n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n")
            .formatted(WIDTH, HEIGHT));
    axes(out);
    int n = 0;
    for (var family : families().entrySet()) {
      line(out, family.getKey(), family.getValue(), n++);
    }
    return out.append("</svg>\n").toString();
  }

  private static void axes(StringBuilder out) {
    out.append(
        "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"black\"/>\n"
            .formatted(LEFT, TOP, BOTTOM, RIGHT));
    for (double s : new double[] {1, 2, 5, 10, 20, 50, 100}) {
      text(out, x(s) - 6, BOTTOM + 18, "%.0f".formatted(s), "black");
    }
    for (double wrong : new double[] {0, 10, 100, 1_000, 10_000, 100_000}) {
      text(out, 20, y(wrong) + 4, "%.0f".formatted(wrong), "black");
    }
    text(out, 200, HEIGHT - 20, "seconds from death to verdict, median", "black");
    text(out, 8, 18, "false restarts, all scenarios", "black");
  }

  private static void line(StringBuilder out, String family, List<Point> points, int n) {
    String colour = COLOURS.get(n % COLOURS.size());
    var path = new StringBuilder();
    for (var p : points) {
      path.append(
          "%s%.1f %.1f".formatted(path.isEmpty() ? "M" : "L", x(p.seconds()), y(p.wrong())));
    }
    out.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\"/>\n".formatted(path, colour));
    for (var p : points) {
      out.append(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%s %s</title></circle>\n"
              .formatted(x(p.seconds()), y(p.wrong()), colour, family, p.label()));
    }
    text(out, RIGHT + 20, TOP + 20 * n, family, colour);
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
