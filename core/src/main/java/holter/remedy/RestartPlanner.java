package holter.remedy;

import holter.channel.PathState;
import holter.diagnose.CauseCode;
import holter.diagnose.ClusterFact.SenderSeen;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.diagnose.Observation;
import holter.remedy.KubeWorld.Pod;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Restarts single workers that are dead or hung, by having their pods leave. The last thing that is
 * ever proposed: only while every path is proved well, so that silence means the worker and not the
 * channel; never one that beats; never many, for what many share is no worker's own trouble.
 */
public final class RestartPlanner {
  /** In one plan; more have a cause in common. */
  static final int MOST = 3;

  /** Grace, start and readiness of one pod. */
  private static final long DEADLINE_MS = 300_000;

  private static final String FULL_NAME = "NAMESPACE/POD";

  /** What is younger than this many of its own intervals is no silence. */
  private static final int INTERVALS = 3;

  /**
   * Who is to be restarted.
   *
   * @param name an instance, which is its pod's name, or {@code NAMESPACE/POD}
   * @param found held for dead by the diagnosis; otherwise somebody named it
   */
  public record Worker(String name, boolean found) {
    String instance() {
      return name.substring(name.indexOf('/') + 1);
    }
  }

  /**
   * What is known of the channel and of those who use it.
   *
   * @param paths of every partition; one that nobody told of is missing, which proves nothing
   * @param senders by their key
   */
  public record Seen(Map<Integer, PathState> paths, Map<String, SenderSeen> senders) {
    public Seen {
      paths = Map.copyOf(paths);
      senders = Map.copyOf(senders);
    }

    /** Out of what was observed. */
    public static Seen of(Map<Integer, PathState> paths, List<Observation> observations) {
      var senders = new HashMap<String, SenderSeen>();
      for (Observation one : observations) {
        if (one.fact() instanceof SenderSeen sender) senders.put(sender.sender(), sender);
      }
      return new Seen(paths, senders);
    }
  }

  private final KubeWorld world;
  private final Seen seen;
  private final List<Step> steps = new ArrayList<>();
  private final List<Sentence> refused = new ArrayList<>();
  private final Map<String, Integer> taken = new HashMap<>();

  private RestartPlanner(KubeWorld world, Seen seen) {
    this.world = world;
    this.seen = seen;
  }

  /** Workers that a likely or confirmed diagnosis holds for dead now. */
  public static List<Worker> dead(Diagnosis diagnosis) {
    return diagnosis.found().stream()
        .filter(f -> f.code() == CauseCode.F60 && !f.over())
        .filter(f -> f.confidence() != Confidence.INCONCLUSIVE)
        .flatMap(f -> f.subject().instances().stream())
        .distinct()
        .map(name -> new Worker(name, true))
        .toList();
  }

  /** Plans it; who is not restarted is refused with the reason. */
  public static Proposal plan(KubeWorld world, List<Worker> workers, Seen seen) {
    var planner = new RestartPlanner(world, seen);
    workers.forEach(planner::restart);
    int many = planner.steps.size();
    List<Sentence> costs = many == 0 ? List.of() : List.of(Sentence.of(RestartWords.COST, many));
    return new Proposal(planner.steps, costs, planner.refused);
  }

  /** The same where no Kubernetes is known: nobody can be restarted by a plan. */
  public static Proposal without(List<Worker> workers) {
    return new Proposal(
        List.of(),
        List.of(),
        workers.stream()
            .map(
                w ->
                    Sentence.of(
                        RestartWords.NOT_DONE,
                        w.name(),
                        Sentence.of(RestartWords.NO_KUBERNETES, "--kubeconfig FILE")))
            .toList());
  }

  private void restart(Worker worker) {
    List<Pod> pods = world.pods().stream().filter(pod -> named(worker, pod)).toList();
    Optional<Sentence> stays =
        channelForbids()
            .or(() -> KubePlanner.breaker(world))
            .or(() -> beats(worker))
            .or(() -> oneOf(pods))
            .or(() -> mayBeat(worker, pods.getFirst()))
            .or(() -> podForbids(pods.getFirst()));
    if (stays.isPresent()) {
      refused.add(Sentence.of(RestartWords.NOT_DONE, worker.name(), stays.get()));
      return;
    }
    Pod pod = pods.getFirst();
    taken.merge(pod.owner(), 1, Integer::sum);
    steps.add(
        new Step(
            steps.size() + 1,
            new KubeAct.Restart(
                pod.namespace(), pod.name(), pod.uid(), pod.owner(), instance(worker)),
            why(worker),
            Sentence.of(RestartWords.EFFECT, pod.node(), pod.owner()),
            DEADLINE_MS));
  }

  private Sentence why(Worker worker) {
    int paths = seen.paths().size();
    return worker.found()
        ? Sentence.of(RestartWords.WHY_FOUND, worker.name(), paths, CauseCode.F60.name())
        : Sentence.of(heard(worker) ? RestartWords.WHY_NAMED : RestartWords.WHY_NOT_READY, paths);
  }

  /** Whether its name is the key of anybody's beats. */
  private boolean heard(Worker worker) {
    return worker.found() || seen.senders().containsKey(worker.instance());
  }

  /** Whose beats prove the cure: of one that nobody ever heard, none can. */
  private String instance(Worker worker) {
    return heard(worker) ? worker.instance() : "";
  }

  private static boolean named(Worker worker, Pod pod) {
    return worker.name().equals(worker.name().contains("/") ? pod.key() : pod.name());
  }

  /** Over a path that is sick, or not known, a silent worker may be alive. */
  private Optional<Sentence> channelForbids() {
    if (seen.paths().isEmpty()) {
      return why(RestartWords.NO_PATHS);
    }
    var amiss = new TreeSet<Integer>();
    seen.paths()
        .forEach(
            (partition, state) -> {
              if (!(state instanceof PathState.Healthy)) amiss.add(partition);
            });
    return amiss.isEmpty() ? Optional.empty() : why(RestartWords.PATHS_NOT_WELL, amiss);
  }

  private Optional<Sentence> beats(Worker worker) {
    SenderSeen sender = seen.senders().get(worker.instance());
    if (sender == null || sender.silentMs() > INTERVALS * Math.max(sender.everyMs(), 1_000)) {
      return Optional.empty();
    }
    return why(RestartWords.BEATS, sender.silentMs() / 1_000);
  }

  /** One whose key is not its pod's name is not heard either: only Kubernetes can say it is ill. */
  private Optional<Sentence> mayBeat(Worker worker, Pod pod) {
    return !heard(worker) && pod.ready() ? why(RestartWords.NOT_HEARD) : Optional.empty();
  }

  private static Optional<Sentence> oneOf(List<Pod> pods) {
    return switch (pods.size()) {
      case 0 -> why(RestartWords.NO_POD, FULL_NAME);
      case 1 -> Optional.empty();
      default -> why(RestartWords.MANY_PODS, pods.size(), FULL_NAME);
    };
  }

  private Optional<Sentence> podForbids(Pod pod) {
    if (KubeAsk.Leave.ALL.spares(pod.namespace(), pod.owner())) {
      return Optional.of(Sentence.of(KubeWords.SPARED));
    }
    if (pod.leaving()) {
      return why(RestartWords.LEAVING);
    }
    Optional<KubeWorld.Workload> owner = world.workload(pod.owner());
    if (owner.isEmpty()) {
      return why(RestartWords.NOBODY_MAKES, pod.stays().isEmpty() ? pod.owner() : pod.stays());
    }
    if (steps.size() >= MOST) {
      return why(RestartWords.MOST, MOST);
    }
    int replicas = owner.get().replicas();
    if (replicas > 1 && taken.getOrDefault(pod.owner(), 0) + 1 >= replicas) {
      return why(RestartWords.ALL_OF_IT, replicas, pod.owner());
    }
    // what is not ready may leave beside its budget; the eviction itself tells
    return pod.ready() ? BudgetRule.forbids(world, pod) : Optional.empty();
  }

  private static Optional<Sentence> why(RestartWords words, Object... args) {
    return Optional.of(Sentence.of(words, args));
  }
}
