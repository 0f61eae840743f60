package holter.lab.broker;

import holter.lab.process.RunDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * The part of a KRaft controller's data directory that only Kafka's own storage tool can write. It
 * holds feature levels and no identity, so one per version serves all clusters.
 */
final class Format {
  private Format() {}

  /** Fills a controller's empty data directory, but for {@code meta.properties}. */
  static void controller(KafkaDistribution distribution, Path data) throws IOException {
    Path kept = distribution.home().resolve("formatted");
    Path lockFile = distribution.home().resolve(".format.lock");
    synchronized (Format.class) {
      try (var lock =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock(); // released with the channel
        if (!Files.exists(kept)) {
          make(distribution, kept);
        }
      }
    }
    copy(kept, data);
  }

  private static void make(KafkaDistribution distribution, Path kept) throws IOException {
    Path work = Files.createTempDirectory(distribution.home(), "format-");
    Path data = work.resolve("data");
    var config = ServerFiles.write(work.resolve("server.properties"), standalone(data));
    ServerFiles.run(
        distribution.command(
            List.of(),
            "kafka.tools.StorageTool",
            List.of("format", "-t", Uuid.randomUuid().toString(), "-c", config.toString())),
        work);
    Files.delete(data.resolve("meta.properties"));
    Files.move(data, kept, StandardCopyOption.ATOMIC_MOVE);
    RunDirectory.delete(work);
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(from)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (var file : files) {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  private static Map<String, String> standalone(Path data) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:9093");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listeners", "PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093");
    settings.put("log.dirs", data.toString());
    return settings;
  }
}
