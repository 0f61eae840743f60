package holter.cli.lab;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.lab.kube.KubeSim;
import holter.lab.kube.fact.Conformance;
import java.io.IOException;
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

  /** One side's outcome, for {@code -o json}. */
  private record Side(String cluster, String state, List<Conformance.Outcome> facts) {}

  @Override
  int act() throws InterruptedException, IOException {
    Path real = kubeconfig;
    if (real != null && !Files.isReadable(real)) {
      throw Refusal.usage(
          real + " cannot be read",
          "there is no such file, or no right to it",
          "kubectl config view");
    }
    List<Side> sides = List.of(simulator(), real == null ? skipped() : on("real cluster", real));
    root()
        .terminal()
        .print(
            sides,
            () -> sides.stream().map(ConformanceVerb::text).collect(Collectors.joining("\n")));
    return sides.stream()
            .flatMap(side -> side.facts().stream())
            .allMatch(Conformance.Outcome::holds)
        ? Exit.OK
        : Exit.FINDINGS;
  }

  private static Side simulator() throws InterruptedException, IOException {
    Path file = Files.createTempFile("holter-sim", ".kubeconfig");
    try (KubeSim sim = new KubeSim()) {
      return on("simulator", sim.writeKubeconfig(file));
    } finally {
      Files.delete(file);
    }
  }

  private static Side on(String cluster, Path file) throws InterruptedException {
    try {
      return new Side(cluster, "tried", Conformance.run(file));
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
    long held = side.facts().stream().filter(Conformance.Outcome::holds).count();
    String lines =
        side.facts().stream()
            .map(
                fact ->
                    (fact.holds() ? "  holds  " : "  BROKEN ")
                        + fact.claim()
                        + (fact.holds() ? "" : ": " + fact.why()))
            .collect(Collectors.joining("\n"));
    return side.cluster() + ": " + held + " of " + side.facts().size() + " hold\n" + lines;
  }
}
