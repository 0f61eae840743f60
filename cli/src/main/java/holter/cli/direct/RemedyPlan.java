package holter.cli.direct;

import holter.channel.BrokerNode;
import holter.cli.Exit;
import holter.cli.Format;
import holter.cli.Refusal;
import holter.cli.Terminal;
import holter.diagnose.Diagnosis;
import holter.remedy.LeaderPlanner;
import holter.remedy.Plan;
import holter.remedy.Proposal;
import holter.remedy.RestartPlanner;
import holter.server.ClusterAsk;
import holter.server.kafka.LeaderMover;
import holter.server.kube.KubeCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holter remedy plan}: what would help, as steps; nothing is changed. */
@Command(
    name = "plan",
    description = {
      "Plan to move leaders off sick brokers. Only reads.",
      "Without --off the cluster is diagnosed first, and its sick broker taken.",
      "With --kubeconfig also to open a node that has recovered, to have pods leave the host,",
      "and to restart a worker that is dead while every path is well."
    },
    footer = {"", "Exit codes: 0 there is a plan, 3 cannot tell, 5 nothing can be planned."})
final class RemedyPlan extends RemedyVerb.Part {
  private static final Duration PATIENCE = Duration.ofMillis(4500);
  private static final Proposal NOTHING = new Proposal(List.of(), List.of(), List.of());

  @Mixin private final DirectOptions options = new DirectOptions();

  @Option(
      names = "--off",
      paramLabel = "BROKER",
      split = ",",
      description = "Ids of brokers that are to lead nothing.")
  private Set<Integer> off = Set.of();

  @Option(
      names = "--nic",
      paramLabel = "HOST=RATE",
      split = ",",
      description = "How fast a host's network is, in bits per second: iota-n2=1G.")
  private List<String> nics = List.of();

  @Option(
      names = "--restart",
      paramLabel = "WORKER",
      split = ",",
      description =
          "Workers that you know are dead: their pods, as POD or NAMESPACE/POD. Only while every"
              + " path is proved well.")
  private List<String> restart = List.of();

  @Option(names = "--server", hidden = true, paramLabel = "URL")
  private @Nullable String server;

  @Override
  int act() throws InterruptedException {
    if (server != null) {
      throw Refusal.usage(
          "there is no plan --server",
          "the server plans by itself, as soon as it finds a cause",
          "holter remedy list --server %s, which shows its plans".formatted(server));
    }
    Terminal terminal = root().terminal();
    Map<String, Double> rates = NicRates.bytesPerS(nics);
    try (Cluster cluster = Cluster.open(options)) {
      Set<Integer> sick = off.isEmpty() ? Set.of() : known(cluster);
      Proposal restarts = NOTHING;
      if (off.isEmpty() || !restart.isEmpty()) {
        Diagnose.Told told = diagnosed(cluster, terminal);
        List<RestartPlanner.Worker> dead = RestartPart.workers(restart, told.diagnosis());
        if (off.isEmpty()) sick = sick(told.diagnosis(), !dead.isEmpty(), terminal);
        restarts = RestartPart.proposed(dead, told, options.places(), terminal);
      }
      Proposal proposal = NOTHING;
      if (!sick.isEmpty()) proposal = leaders(cluster, sick);
      proposal = proposal.then(restarts);
      if (!sick.isEmpty()) proposal = proposal.then(kubernetes(cluster, sick, rates));
      Plan plan =
          Plan.of(
              String.join(",", cluster.kafka().bootstrapServers()),
              cluster.topic(),
              sick,
              proposal,
              System.currentTimeMillis());
      if (!plan.steps().isEmpty()) {
        folder().save(plan);
      }
      terminal.print(PlanText.data(plan, List.of()), () -> PlanText.of(plan, terminal));
      if (!plan.steps().isEmpty() && terminal.format() == Format.TEXT) {
        terminal.progress("nothing was changed; apply it: holter remedy apply " + plan.id());
      }
      return plan.steps().isEmpty() ? Exit.REMEDY_FAILED : Exit.OK;
    } catch (IOException unwritable) {
      throw unreadable(unwritable);
    }
  }

  private Set<Integer> known(Cluster cluster) {
    for (int id : off) {
      if (cluster.map().broker(id).isEmpty()
          && cluster.map().partitions().stream().noneMatch(p -> p.replicas().contains(id))) {
        throw Refusal.usage(
            "no broker " + id,
            "the cluster has "
                + cluster.map().brokers().stream().map(BrokerNode::id).sorted().toList(),
            "--off with one of them");
      }
    }
    return off;
  }

  private Diagnose.Told diagnosed(Cluster cluster, Terminal terminal) throws InterruptedException {
    terminal.progress("asking brokers, ZooKeeper, logs and hosts who is sick; at most 10 s");
    ClusterAsk ask = new ClusterAsk("", "").andSenders();
    var asking = new Evidence.Asking(Budget.unbounded(root().timeoutOr(PATIENCE)), ask);
    return Diagnose.Told.of(
        Evidence.live(cluster, options, LaneWatch.reading(cluster.topic()), asking));
  }

  private static Set<Integer> sick(Diagnosis diagnosis, boolean anyDead, Terminal terminal) {
    Set<Integer> sick = LeaderPlanner.sick(diagnosis);
    sick.forEach(broker -> terminal.progress("sick: broker " + broker));
    if (sick.isEmpty() && !anyDead) {
      throw new Refusal(
          Exit.REMEDY_FAILED,
          "no cause was found that a plan helps",
          "a plan needs a sick broker, or a worker that is dead",
          "holter diagnose to see what is wrong; --off BROKER or --restart WORKER if you know it");
    }
    return sick;
  }

  /** Nothing where no Kubernetes was named. */
  private Proposal kubernetes(Cluster cluster, Set<Integer> sick, Map<String, Double> rates)
      throws InterruptedException {
    Optional<KubeCluster> named = options.places().kubernetes();
    if (named.isEmpty()) {
      return NOTHING;
    }
    Set<String> critical =
        sick.stream()
            .flatMap(id -> cluster.map().broker(id).stream())
            .map(BrokerNode::host)
            .collect(Collectors.toSet());
    try (KubeCluster there = named.get()) {
      return KubePart.proposed(there, rates, critical, root().terminal());
    }
  }

  private Proposal leaders(Cluster cluster, Set<Integer> sick) {
    List<BrokerNode> brokers = cluster.map().brokers();
    try (LeaderMover mover = new LeaderMover(cluster.kafka(), brokers, sick)) {
      return LeaderPlanner.plan(mover.world(), sick, options.zookeeper());
    } catch (LeaderMover.CannotAsk failed) {
      throw Refusal.cannotTell(
          "the leaders cannot be read",
          String.valueOf(failed.getMessage()),
          "--bootstrap-server with brokers that are well");
    }
  }
}
