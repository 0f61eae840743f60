package holter.server.kafka;

import java.util.concurrent.ThreadFactory;

/** Threads that never keep the process alive. */
final class DaemonThreads {
  private DaemonThreads() {}

  static ThreadFactory of(String name) {
    return Thread.ofPlatform().daemon().name("holter-" + name + "-", 0).factory();
  }
}
