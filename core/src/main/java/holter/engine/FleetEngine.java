package holter.engine;

import java.util.List;

/** The decision step over fleet, channel and incidents. Passive; one thread calls it. */
public final class FleetEngine implements Engine {
  @SuppressWarnings("UnusedVariable")
  private final EngineSettings settings;

  private View view =
      new View(0, false, List.of(), List.of(), null, List.of(), new View.Counters(0, 0, 0, 0, 0));

  public FleetEngine(EngineSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<Action> step(List<Input> inputs, long nowMs) {
    view =
        new View(
            nowMs, false, List.of(), List.of(), null, List.of(), new View.Counters(0, 0, 0, 0, 0));
    return List.of();
  }

  @Override
  public View view() {
    return view;
  }
}
