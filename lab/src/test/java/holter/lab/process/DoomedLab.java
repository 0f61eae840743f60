package holter.lab.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A lab to be killed: starts two children, stops one of them, says their pids, and waits. */
final class DoomedLab {
  private DoomedLab() {}

  @SuppressWarnings("SystemOut") // how it tells the test
  public static void main(String[] args) throws InterruptedException {
    Path directory = Path.of(args[0]);
    var children = new Children();
    var running = children.start(sleeper("running", directory));
    var stopped = children.start(sleeper("stopped", directory));
    stopped.stop();
    System.out.println(running.pid() + " " + stopped.pid());
    new CountDownLatch(1).await();
  }

  static ChildSpec sleeper(String name, Path directory) {
    return new ChildSpec(
        name, "a", List.of("sleep", "300"), Map.of(), directory, directory.resolve(name + ".out"));
  }
}
