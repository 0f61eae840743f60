package holter.cli.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What Holter does on Kubernetes and needs rights for; each is a file of {@code deploy/}. */
enum Part {
  /** Reads nodes, pods, their owners, budgets and events. */
  DIAGNOSE,
  /** Reads the kubelets' figures. */
  FIGURES,
  /** Agrees with other Holters on who leads. */
  LEADER,
  /** Restarts workers. */
  RUNNER,
  /** Uncordons, unpins, evicts. */
  REMEDY,
  /** Has the API server refuse what a remedy must never do. */
  GUARD;

  /** As it is written on the command line and called under {@code deploy/kubernetes}. */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  static Optional<Part> of(String word) {
    return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Part::word).toList();
  }
}
