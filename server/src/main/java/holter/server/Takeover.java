package holter.server;

import holter.engine.Input;
import holter.server.directory.Directory;
import holter.server.store.Leadership;
import holter.server.store.Store;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells the engine of each change of leadership. Who takes over from another takes in what that one
 * left: routes, roster, open incidents and the orders it had given.
 */
record Takeover(Store store, Directory directory, Consumer<Input> inbox) implements Leadership {
  @Override
  public void lost(long epoch) {
    inbox.accept(new Input.Leading(false, epoch));
  }

  @Override
  public void leads(long epoch, boolean taken) {
    List<Input.Ordered> orders = taken ? store.orders() : List.of();
    if (taken) {
      directory.recall(store.routes());
      inbox.accept(
          new Input.Recalled(store.roster(), store.openIncidents(), store.incidentsSoFar()));
    }
    inbox.accept(new Input.Leading(true, epoch));
    orders.forEach(inbox);
  }
}
