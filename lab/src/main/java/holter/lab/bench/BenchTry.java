package holter.lab.bench;

/** temporary */
public final class BenchTry {
  private BenchTry() {}

  public static void main(String[] args) {
    for (var scenario : DetectScenarios.ALL) {
      for (boolean rotating : new boolean[] {true, false}) {
        for (var c : Contestant.all()) {
          if ((args.length > 1 && !c.ours())
              || !c.stock()
              || (args.length > 0 && !args[0].contains(scenario.id() + ","))) continue;
          long t = System.nanoTime();
          var trial = Trial.of(scenario, rotating, c, 1);
          System.out.printf(
              "%-5s %-6s %-28s false %4d verd %3d plan %3d dbl %3d dead %3d missed %3d proved %s"
                  + " inferred %s held %s %.1f s%n",
              scenario.id(),
              rotating ? "rot" : "sticky",
              c.slug(),
              trial.falseRestarts(),
              trial.falseVerdicts(),
              trial.plannedRestarts(),
              trial.doubleRestarts(),
              trial.deaths(),
              trial.missed(),
              p(trial.provedS()),
              p(trial.inferredS()),
              trial.held(),
              (System.nanoTime() - t) / 1e9);
          if (c.ours()) trial.mistakes().forEach(m -> System.out.println("      " + m));
        }
      }
    }
  }

  private static String p(java.util.List<Double> s) {
    return s.isEmpty()
        ? "-"
        : "%.1f/%.1f".formatted(s.get(s.size() / 2), s.get((int) Math.ceil(s.size() * 0.99) - 1));
  }
}
