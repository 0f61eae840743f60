package holter.lab.sim;

import holter.engine.RestartOrder;

/** A detector's hands in a simulated world. */
final class SimHands implements Detector.Hands {
  private final SimWorld world;

  SimHands(SimWorld world) {
    this.world = world;
  }

  @Override
  public void holdsForDead(int number) {
    world.holdsForDead(number);
  }

  @Override
  public void turns(int number, String verdict) {
    world.turns(number, verdict);
  }

  @Override
  public void restart(int number) {
    holdsForDead(number);
    world.runner().restart(number);
  }

  @Override
  public void order(int number, RestartOrder order) {
    world.runner().order(number, order);
  }

  @Override
  public void breaks(String what) {
    world.truth().broken(world.nowMs(), what);
  }

  @Override
  public void ask(int number) {
    world.ask(number);
  }

  @Override
  public void sample(int partition) {
    world.sample(partition);
  }

  @Override
  public long nowMs() {
    return world.nowMs();
  }

  @Override
  public void at(long ms, Runnable what) {
    world.queue().at(ms, what);
  }
}
