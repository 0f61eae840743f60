package holter.lab.broker;

import holter.lab.net.Service;
import holter.lab.process.Child;
import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import holter.lab.process.LabException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A broker, controller or ZooKeeper server over its lives. Thread-safe. */
final class ServerProcess {
  private final ChildSpec spec;
  private final Children children;
  private final Service service;
  private @Nullable Child child;

  ServerProcess(ChildSpec spec, Children children, Service service) {
    this.spec = spec;
    this.children = children;
    this.service = service;
  }

  synchronized void start() {
    var started = children.start(spec);
    child = started;
    CompletableFuture<?> _ = started.exit().thenRun(service::closed);
  }

  String name() {
    return spec.name();
  }

  synchronized Child child() {
    if (child == null) {
      throw new IllegalStateException(spec.name() + " was never started");
    }
    return child;
  }

  synchronized boolean started() {
    return child != null;
  }

  boolean alive() {
    return child().alive();
  }

  boolean listens() {
    return alive() && service.open();
  }

  /** SIGKILL; connects are refused when this returns. */
  void kill() {
    child().kill();
    service.closed();
  }

  /**
   * Lets a process that lives pass.
   *
   * @throws LabException when it has ended, with the first error in its output
   */
  void refuseDead(String version) {
    if (!alive()) {
      var lines = child().outputTail(200).lines();
      var why = lines.filter(ServerProcess::bad).findFirst().orElse("no error in its output");
      throw new LabException(
          "%s of Kafka %s ended; %s; whole output: %s"
              .formatted(name(), version, why, spec.output()));
    }
  }

  private static boolean bad(String line) {
    return line.contains("ERROR") || line.contains("FATAL") || line.contains("Exception");
  }
}
