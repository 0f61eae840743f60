package holter.lab.kube.control;

import holter.lab.kube.store.Kind;
import holter.lab.kube.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** All controllers and the scheduler, at work until they are closed. */
public final class Controllers implements AutoCloseable {
  private final List<Loop> loops = new ArrayList<>();
  private final ObjectStore store;
  private final BooleanSupplier frozen;

  /**
   * Starts them.
   *
   * @param seed decides between nodes that are equally good for a pod
   * @param frozen while it is, nobody does anything
   */
  public Controllers(ObjectStore store, Pace pace, long seed, BooleanSupplier frozen) {
    this.store = store;
    this.frozen = frozen;
    var events = new EventLog(store);
    long control = pace.control().toMillis();
    long taint = pace.taint().toMillis();
    start("taints", Set.of(Kind.NODE), taint, new NodeTaints(store)::look);
    start(
        "silence",
        Set.of(Kind.NODE, Kind.POD),
        control,
        new NodeSilence(store, events, pace.grace())::look);
    start("emptying", Set.of(Kind.NODE, Kind.POD), control, new TaintEviction(store)::look);
    start(
        "deployments",
        Set.of(Kind.DEPLOYMENT, Kind.REPLICA_SET),
        control,
        new Deployments(store, events)::look);
    start(
        "replicasets",
        Set.of(Kind.REPLICA_SET, Kind.POD),
        control,
        new ReplicaSets(store, events)::look);
    start("budgets", Set.of(Kind.BUDGET, Kind.POD), control, new Budgets(store)::look);
    start(
        "orphans",
        Set.of(Kind.DEPLOYMENT, Kind.REPLICA_SET, Kind.POD),
        control,
        new Orphans(store)::look);
    start(
        "scheduler",
        Set.of(Kind.NODE, Kind.POD),
        control / 2,
        new Scheduler(store, events, seed)::look);
  }

  private void start(String name, Set<Kind> kinds, long delayMs, Runnable look) {
    loops.add(
        new Loop(
            "sim-" + name,
            store,
            kinds,
            delayMs,
            () -> {
              if (!frozen.getAsBoolean()) look.run();
            }));
  }

  @Override
  public void close() {
    loops.forEach(Loop::close);
  }
}
