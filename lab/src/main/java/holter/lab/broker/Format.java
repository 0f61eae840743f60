package holter.lab.broker;

import holter.lab.process.LabException;
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

  static Path bootstrapCheckpoint(KafkaDistribution distribution) {
    Path kept = distribution.home().resolve("bootstrap.checkpoint");
    Path lockFile = distribution.home().resolve(".format.lock");
    synchronized (Format.class) {
      try (var lock =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock(); // released with the channel
        if (!Files.exists(kept)) {
          make(distribution, kept);
        }
        return kept;
      } catch (IOException e) {
        throw new LabException("cannot format a KRaft directory; " + e.getMessage(), e);
      }
    }
  }

  private static void make(KafkaDistribution distribution, Path kept) throws IOException {
    Path work = Files.createTempDirectory(distribution.home(), "format-");
    Path data = work.resolve("data");
    var config = ServerFiles.write(work.resolve("server.properties"), standalone(data, 9092));
    ServerFiles.run(
        distribution.command(
            List.of(),
            "kafka.tools.StorageTool",
            List.of("format", "-t", Uuid.randomUuid().toString(), "-c", config.toString())),
        work);
    Files.move(data.resolve("bootstrap.checkpoint"), kept, StandardCopyOption.REPLACE_EXISTING);
    ClassArchive.delete(work);
  }

  /** A broker and controller in one, on loopback. */
  static Map<String, String> standalone(Path data, int port) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + (port + 1));
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, port + 1));
    settings.put("log.dirs", data.toString());
    return settings;
  }
}
