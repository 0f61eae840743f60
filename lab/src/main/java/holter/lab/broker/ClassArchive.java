package holter.lab.broker;

import holter.lab.net.HostSpec;
import holter.lab.net.LabNet;
import holter.lab.net.Route;
import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import holter.lab.process.Deadline;
import holter.lab.process.LabException;
import holter.lab.process.OnceWork;
import holter.lab.process.RunDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A class-data archive per version of Kafka and of Java, made once: a cluster of one broker runs
 * until it has registered, is ended in an orderly way, and its JVM writes the archive at its exit.
 * It halves a broker's start and lets brokers share memory.
 */
final class ClassArchive {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration DUMP_LIMIT = Duration.ofSeconds(60);

  private ClassArchive() {}

  static void ensure(KafkaDistribution distribution, Children children, Consumer<String> progress) {
    Path lockFile = distribution.home().resolve(".archive.lock");
    synchronized (ClassArchive.class) {
      try (var lock =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock(); // released with the channel
        if (!Files.exists(distribution.archive())) {
          progress.accept(
              "making the class-data archive of Kafka %s, once"
                  .formatted(distribution.version().text()));
          try (var _ = OnceWork.begin()) {
            make(distribution, children);
          }
        }
      } catch (IOException e) {
        throw new LabException("cannot make a class-data archive; " + e.getMessage(), e);
      }
    }
  }

  private static void make(KafkaDistribution distribution, Children children) throws IOException {
    Path work = Files.createTempDirectory(distribution.home(), "archive-");
    Path archive = work.resolve("classes.jsa");
    var host = "archive";
    var spec =
        new KafkaSpec(
            distribution.version().text(),
            List.of(new BrokerSpec(1001, host)),
            host,
            Route.OWN,
            Map.of());
    try (var net = LabNet.open(work, List.of(HostSpec.unlimited(host)), host)) {
      var files = new ServerFiles(spec, distribution, net, work);
      var control = children.start(files.control());
      var broker = children.start(recording(files.broker(spec.brokers().getFirst()), archive));
      try (var cluster = new Cluster(host + ":" + ServerProperties.BROKER_PORT)) {
        boolean up = Deadline.in(START_LIMIT).await(() -> !cluster.registered().isEmpty());
        broker.terminate();
        if (!up || !broker.awaitExit(DUMP_LIMIT) || !Files.exists(archive)) {
          throw new IOException("the broker wrote none; its output is in " + work);
        }
      } finally {
        broker.kill();
        control.kill();
      }
    }
    Files.move(archive, distribution.archive(), StandardCopyOption.ATOMIC_MOVE);
    RunDirectory.delete(work);
  }

  private static ChildSpec recording(ChildSpec broker, Path archive) {
    var command = new ArrayList<>(broker.command());
    command.add(1, "-XX:ArchiveClassesAtExit=" + archive);
    return new ChildSpec(
        broker.name() + "-archive",
        broker.host(),
        command,
        broker.environment(),
        broker.directory(),
        broker.output());
  }
}
