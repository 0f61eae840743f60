package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.lab.kube.fact.Conformance;
import holter.lab.kube.fact.Conformance.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holter lab conformance}: what the simulated Kubernetes shares with a real one. */
@Command(
    name = "conformance",
    description = "Try the facts that the simulated Kubernetes shares with a real one.")
final class ConformanceVerb extends LabVerb.Part {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "A real cluster, in whose namespace they are tried too (default: skipped).")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--make-nodes",
      description =
          "Make fake nodes on that cluster, and take them away again (default: what needs them is"
              + " skipped).")
  private boolean makeNodes;

  /** One side's outcome, for {@code -o json}. */
  private record Side(String cluster, String state, List<Conformance.Outcome> facts) {}

  @Override
  int act() throws InterruptedException {
    Path real = kubeconfig;
    if (real != null && !Files.isReadable(real)) {
      throw Refusal.usage(
          real + " cannot be read",
          "there is no such file, or no right to it",
          "kubectl config view");
    }
    Side simulator = new Side("simulator", "tried", Conformance.simulator());
    List<Side> sides = List.of(simulator, real == null ? skipped() : on(real));
    root()
        .terminal()
        .print(
            sides,
            () -> sides.stream().map(ConformanceVerb::text).collect(Collectors.joining("\n")));
    return sides.stream()
            .flatMap(side -> side.facts().stream())
            .noneMatch(fact -> fact.state() == State.BROKEN)
        ? Exit.OK
        : Exit.FINDINGS;
  }

  private Side on(Path file) throws InterruptedException {
    try {
      return new Side("real cluster", "tried", Conformance.real(file, makeNodes));
    } catch (IllegalArgumentException refused) {
      throw Refusal.usage(
          String.valueOf(refused.getMessage()), "it cannot be used", "kubectl config view");
    }
  }

  private static Side skipped() {
    return new Side("real cluster", "skipped", List.of());
  }

  private static String text(Side side) {
    if (side.state().equals("skipped")) {
      return side.cluster() + ": skipped, " + Conformance.facts() + " facts not tried";
    }
    return "%s: %d of %d hold, %d broken, %d skipped%n%s"
        .formatted(
            side.cluster(),
            count(side, State.HOLDS),
            side.facts().size(),
            count(side, State.BROKEN),
            count(side, State.SKIPPED),
            side.facts().stream().map(ConformanceVerb::line).collect(Collectors.joining("\n")));
  }

  private static long count(Side side, State state) {
    return side.facts().stream().filter(fact -> fact.state() == state).count();
  }

  private static String line(Conformance.Outcome fact) {
    String word =
        switch (fact.state()) {
          case HOLDS -> "  holds   ";
          case BROKEN -> "  BROKEN  ";
          case SKIPPED -> "  skipped ";
        };
    String number = fact.number() == 0 ? "   " : "%2d ".formatted(fact.number());
    return word + number + fact.claim() + (fact.why().isEmpty() ? "" : ": " + fact.why());
  }
}
