package holter.cli.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.cli.Exit;
import holter.cli.Holter;
import holter.cli.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holter rbac}: the least rights that Holter needs on Kubernetes, ready to apply. */
@Command(
    name = "rbac",
    description = "Print the least rights that Holter needs on Kubernetes. Works offline.",
    footer = {
      "",
      "diagnose  nodes, pods, owners, budgets, events: read",
      "figures   network and pressure per pod, from the kubelets (nodes/proxy): read",
      "leader    the Lease of several Holters",
      "runner    restarting workers by deleting their pods",
      "remedy    uncordon the --node, unpin the --deployment, evict; give it for one plan",
      "guard     policies by which the API server refuses a remedy everything else",
      "",
      "  holter rbac | kubectl apply -f -",
      "  holter rbac remedy guard --node iota-m2 --deployment proxy --workers iot"
    })
public final class RbacVerb implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final String OWN = "holter";

  private final Holter root;

  @Parameters(
      paramLabel = "PART",
      description = "diagnose, figures, leader, runner, remedy, guard (default: diagnose leader).")
  private List<String> parts = new ArrayList<>();

  @Option(
      names = "--account",
      paramLabel = "NAMESPACE:NAME",
      description =
          "The service account that gets them, or a user's name (default: holter:holter; for remedy"
              + " and guard holter:holter-remedy).")
  private @Nullable String account;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Where Holter and its Lease live (default: the account's, else holter).")
  private @Nullable String namespace;

  @Option(
      names = "--workers",
      paramLabel = "NAME",
      description = "The workers' namespace (default: workers).")
  private String workers = "workers";

  @Option(
      names = "--lease",
      paramLabel = "NAME",
      description = "lease.name of holter.yaml (default: holter).")
  private String lease = OWN;

  @Option(names = "--node", paramLabel = "NAME", description = "A node that may be uncordoned.")
  private List<String> nodes = new ArrayList<>();

  @Option(
      names = "--deployment",
      paramLabel = "NAME",
      description = "A Deployment that may be unpinned.")
  private List<String> deployments = new ArrayList<>();

  public RbacVerb(Holter root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    List<Part> wanted = wanted();
    if (wanted.contains(Part.REMEDY) && nodes.isEmpty() && deployments.isEmpty()) {
      throw Refusal.usage(
          "a remedy that names nothing",
          "rights without names would hold for every node and every Deployment",
          "holter rbac remedy --node NAME --deployment NAME");
    }
    nodes.forEach(name -> named("--node", name));
    deployments.forEach(name -> named("--deployment", name));
    List<ObjectNode> objects = new ArrayList<>();
    for (Part part : wanted) objects.addAll(Manifest.of(part, fit(part)));
    root.terminal().print(objects, () -> Manifest.text(objects).stripTrailing());
    return Exit.OK;
  }

  private List<Part> wanted() {
    if (parts.isEmpty()) return List.of(Part.DIAGNOSE, Part.LEADER);
    return parts.stream().distinct().map(RbacVerb::part).toList();
  }

  private static Part part(String word) {
    return Part.of(word)
        .orElseThrow(
            () ->
                Refusal.usage(
                    "no part " + word,
                    "there are " + String.join(", ", Part.words()),
                    "holter rbac"));
  }

  private Manifest.Fit fit(Part part) {
    boolean changes = part == Part.REMEDY || part == Part.GUARD;
    Account who =
        account(account == null ? (changes ? "holter:holter-remedy" : "holter:holter") : account);
    String own = who.namespace().isEmpty() ? OWN : who.namespace();
    return new Manifest.Fit(
        who,
        named("--namespace", namespace == null ? own : namespace),
        named("--workers", workers),
        named("--lease", lease),
        nodes,
        deployments);
  }

  private static Account account(String text) {
    try {
      return Account.of(text);
    } catch (IllegalArgumentException neither) {
      throw Refusal.usage(
          String.valueOf(neither.getMessage()),
          "a service account is namespace:name, a user one word",
          "--account holter:holter");
    }
  }

  private static String named(String option, String name) {
    if (NAME.matcher(name).matches()) return name;
    throw Refusal.usage(
        "no name for " + option + ": " + name,
        "Kubernetes names have small letters, digits, - and .",
        option + " iota-m2");
  }
}
