package holter.cli.direct;

import holter.cli.Refusal;
import holter.server.Places;
import holter.server.kafka.KafkaSettings;
import holter.server.kube.KubeCluster;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import picocli.CommandLine.Option;

/** Further places where evidence can be had. */
final class PlaceOptions {
  @Option(
      names = "--hosts",
      paramLabel = "ssh",
      description = "Measure the brokers' hosts from /proc: ssh, or ssh:USER@.")
  private String hosts = "";

  @Option(
      names = "--jmx",
      paramLabel = "HOST:PORT",
      description = "Remote JMX of a broker, {host} in it: {host}:9999.")
  private String jmx = "";

  @Option(
      names = "--vantage",
      paramLabel = "ssh:HOST",
      description = "Also reach the brokers from there: ssh:HOST, ssh:USER@HOST.")
  private List<String> vantages = List.of();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "The Kubernetes that the hosts are of, as kubectl has it. Only read by all but a"
              + " plan's own steps.")
  private String kubeconfig = "";

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "A context of --kubeconfig (default: its current one).")
  private String context = "";

  /** The Kubernetes that was named, to be closed; empty when none was. */
  Optional<KubeCluster> kubernetes() {
    try {
      return kubeconfig.isEmpty()
          ? Optional.empty()
          : Optional.of(KubeCluster.openToLook(kubeconfig, context));
    } catch (IllegalArgumentException wrong) {
      throw Refusal.usage(
          "that Kubernetes cannot be used",
          String.valueOf(wrong.getMessage()),
          "--kubeconfig ~/.kube/config --context NAME");
    }
  }

  /** What was given; a mistake in it is refused in one line. */
  Places open(KafkaSettings kafka, LongSupplier clockMs) {
    try {
      Places places = Places.of(new Places.Given(hosts, jmx, vantages), kafka, clockMs);
      return kubeconfig.isEmpty() ? places : places.withKubernetes(kubeconfig, context, clockMs);
    } catch (IllegalArgumentException wrong) {
      throw Refusal.usage(
          "a place of evidence cannot be used",
          String.valueOf(wrong.getMessage()),
          "--hosts ssh --jmx {host}:9999 --vantage ssh:HOST");
    }
  }
}
