package holter.cli;

import holter.cli.deploy.RbacVerb;
import holter.cli.direct.Check;
import holter.cli.direct.Diagnose;
import holter.cli.direct.Probe;
import holter.cli.direct.RemedyVerb;
import holter.cli.direct.SupportBundle;
import holter.cli.lab.BenchVerb;
import holter.cli.lab.DemoVerb;
import holter.cli.lab.LabVerb;
import holter.cli.remote.AskVerdict;
import holter.cli.remote.BreakerVerb;
import holter.cli.remote.Get;
import holter.cli.remote.IncidentVerb;
import holter.cli.remote.InstanceVerb;
import java.util.List;
import java.util.Set;

/**
 * The table of verbs, in the order of the help text. A verb's class is loaded when it is asked for
 * and not before, so that a short verb starts fast.
 */
final class Verbs {
  static final List<String> NAMES =
      List.of(
          "demo",
          "check",
          "diagnose",
          "support-bundle",
          "probe",
          "server",
          "get",
          "verdict",
          "incident",
          "instance",
          "breaker",
          "remedy",
          "rbac",
          "lab",
          "bench",
          "explain",
          "completion",
          "version");

  /** Verbs that speak about the other verbs. */
  static final Set<String> NEEDS_ALL = Set.of("completion");

  /** For the build only; see {@link WarmUp}. */
  static final String WARM_UP = "warm-up";

  private Verbs() {}

  /** A new command object for a name of {@link #NAMES}. */
  static Object command(String name, Holter root) {
    return switch (name) {
      case "demo" -> new DemoVerb(root);
      case "remedy" -> new RemedyVerb(root);
      case "rbac" -> new RbacVerb(root);
      case "lab" -> new LabVerb(root);
      case "bench" -> new BenchVerb(root);
      case "check" -> new Check(root);
      case "diagnose" -> new Diagnose(root);
      case "support-bundle" -> new SupportBundle(root);
      case "probe" -> new Probe(root);
      case "server" -> new Serve();
      case "get" -> new Get(root);
      case "verdict" -> new AskVerdict(root);
      case "incident" -> new IncidentVerb(root);
      case "instance" -> new InstanceVerb(root);
      case "breaker" -> new BreakerVerb(root);
      case "explain" -> new Explain(root);
      case "completion" -> new Completion();
      case "version" -> new Version(root);
      case WARM_UP -> new WarmUp();
      default -> throw new IllegalStateException("no verb " + name);
    };
  }
}
