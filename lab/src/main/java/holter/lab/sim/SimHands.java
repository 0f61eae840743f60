package holter.lab.sim;

/** A detector's hands in a simulated world. */
final class SimHands implements Detector.Hands {
  private final SimWorld world;

  SimHands(SimWorld world) {
    this.world = world;
  }

  @Override
  public void holdsForDead(int number) {
    world.truth().heldForDead(number, world.worker(number).life, world.nowMs());
  }

  @Override
  public void holds(int number, String reason) {
    world.truth().held(reason);
  }

  @Override
  public void restart(int number) {
    holdsForDead(number);
    world.restart(number);
  }

  @Override
  public void restart(int number, String key, long life, long epoch) {
    world.restart(number, key, life, epoch);
  }

  @Override
  public void ask(int number) {
    world.ask(number);
  }

  @Override
  public void at(long ms, Runnable what) {
    world.queue().at(ms, what);
  }
}
