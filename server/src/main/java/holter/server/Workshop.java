package holter.server;

import holter.channel.ClusterMap;
import holter.engine.View;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.server.config.HolterConfig;
import holter.server.kafka.LeaderMover;
import holter.server.kube.KubeCluster;
import holter.server.kube.RemedySide;
import holter.server.port.Hand;
import holter.server.remedy.BeatsBack;
import holter.server.remedy.Promises;
import holter.server.remedy.RemedyDesk;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The Kafka and the Kubernetes of the configuration, as plans are carried out on them. */
final class Workshop implements RemedyDesk.Workplace {
  private final HolterConfig config;
  private final Supplier<View> view;

  Workshop(HolterConfig config, Supplier<View> view) {
    this.config = config;
    this.view = view;
  }

  /** What was opened for one plan. */
  private record Opened(
      Hand hand, LeaderMover mover, Optional<RemedySide> side, Supplier<View> view)
      implements RemedyDesk.Tools {
    @Override
    public Promises.Measures measures(Instant since) {
      return new Promises.Measures(
          side.map(RemedySide::networks).orElse(_ -> Double.NaN),
          restart -> side.flatMap(it -> it.successors(restart, since)),
          this::ears,
          () -> System.nanoTime() / 1_000_000);
    }

    /** What the engine hears from now on. */
    private BeatsBack.Ears ears() {
      long fromMs = view.get().asOfMs();
      return () ->
          view.get().instances().stream()
              .filter(instance -> instance.lastHeardMs() > fromMs)
              .map(instance -> instance.from().id().value())
              .collect(Collectors.toSet());
    }

    @Override
    public void close() {
      side.ifPresent(RemedySide::close);
      mover.close();
    }
  }

  @Override
  public RemedyDesk.Tools open(Plan plan) throws RemedyDesk.Refused, InterruptedException {
    ours(plan);
    boolean there = plan.steps().stream().anyMatch(step -> step.act() instanceof KubeAct);
    Optional<RemedySide> side = there ? Optional.of(side(plan)) : Optional.empty();
    ClusterMap map = view.get().map();
    var mover =
        new LeaderMover(
            Opening.kafka(config.kafka()), map == null ? List.of() : map.brokers(), plan.about());
    return new Opened(side.map(it -> it.with(mover)).orElse(mover), mover, side, view);
  }

  /** The folder may hold plans for other clusters: somebody at a terminal made them. */
  private void ours(Plan plan) throws RemedyDesk.Refused {
    List<String> addresses = config.kafka().bootstrapServers();
    boolean apart = Collections.disjoint(List.of(plan.cluster().split(",")), addresses);
    if (apart || !plan.topic().equals(config.heartbeat().topic())) {
      throw new RemedyDesk.Refused(
          "plan %s is for %s of %s, and this server watches %s of %s; holter remedy apply there"
              .formatted(
                  plan.id(),
                  plan.topic(),
                  plan.cluster(),
                  config.heartbeat().topic(),
                  String.join(",", addresses)));
    }
  }

  private RemedySide side(Plan plan) throws RemedyDesk.Refused, InterruptedException {
    try {
      KubeCluster cluster =
          Opening.rooms(config)
              .orElseThrow(
                  () ->
                      new RemedyDesk.Refused(
                          "plan %s has steps on Kubernetes, and this server has none; name it by"
                                  .formatted(plan.id())
                              + " kubernetes.kubeconfig, or holter remedy apply --kubeconfig"));
      return RemedySide.take(cluster, plan.id());
    } catch (CannotStart unusable) {
      throw new RemedyDesk.Refused(String.valueOf(unusable.getMessage()));
    } catch (RemedySide.Taken taken) {
      throw new RemedyDesk.Refused(
          "plan %s is not carried out; %s; wait for it".formatted(plan.id(), taken.getMessage()));
    }
  }
}
