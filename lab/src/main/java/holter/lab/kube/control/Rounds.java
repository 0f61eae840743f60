package holter.lab.kube.control;

import holter.lab.kube.store.ObjectStore;
import java.util.List;

/** The same controllers and scheduler as {@link Controllers}, one after the other on request. */
public final class Rounds {
  /** A cluster that does not come to rest by then never does. */
  private static final int MOST = 1_000;

  private final ObjectStore store;
  private final List<Runnable> looks;

  /**
   * @param seed decides between nodes that are equally good for a pod
   */
  public Rounds(ObjectStore store, long seed) {
    this.store = store;
    var events = new EventLog(store);
    this.looks =
        List.of(
            new NodeTaints(store)::look,
            new Deployments(store, events)::look,
            new ReplicaSets(store, events)::look,
            new Budgets(store)::look,
            new Scheduler(store, events, seed)::look);
  }

  /** Lets all look until nobody changes anything. */
  public void run() {
    for (int i = 0; i < MOST; i++) {
      long before = store.changes().version();
      looks.forEach(Runnable::run);
      if (store.changes().version() == before) return;
    }
    throw new IllegalStateException("the cluster does not come to rest");
  }
}
