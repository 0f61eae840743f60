package holter.agent;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Keeps registrations and prints each one that is durable, until it is killed. */
final class SpoolVictim {
  private static final int KEPT_MAX = 100_000;

  private SpoolVictim() {}

  public static void main(String[] args) {
    var spool = Spool.open(Path.of(args[0]), new Notices(System.err::println));
    for (int i = 0; i < KEPT_MAX; i++) {
      spool.keep(SpoolTest.of("dtu-" + i, i + 1));
      while (!spool.isDurable()) {
        LockSupport.parkNanos(100_000);
      }
      System.out.println("dtu-" + i);
      if (System.out.checkError()) {
        return;
      }
    }
  }
}
