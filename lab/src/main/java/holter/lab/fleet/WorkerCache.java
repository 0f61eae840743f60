package holter.lab.fleet;

import holter.lab.process.ChildSpec;
import holter.lab.process.Deadline;
import holter.lab.process.HolterHome;
import holter.lab.process.OnceWork;
import holter.lab.process.RunDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The ahead-of-time cache of the worker, made once per build and JVM: a worker beats on the cluster
 * that is up, on a topic of its own, ends in an orderly way, and its JVM writes down the classes
 * that it had loaded and linked. Thirty workers then start in half the processor's time and share
 * the memory of their classes.
 */
final class WorkerCache {
  private static final Duration READY_LIMIT = Duration.ofSeconds(20);

  /** Beats enough that a worker has met every leader's connection and an acknowledgement. */
  private static final Duration REHEARSAL = Duration.ofMillis(1500);

  private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);
  private static final String TOPIC = "LabRehearsal";
  private static final int TOPIC_LIMIT_MS = 10_000;
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  private WorkerCache() {}

  /** The cache; empty where the class path holds directories, which caches do not know. */
  static Optional<Path> ensure(
      String classPath, String mainClass, FleetPlace place, Consumer<String> progress) {
    var key = key(classPath);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Path home = HolterHome.path().resolve("fleet");
    Path cache = home.resolve("worker-" + key.get() + ".aot");
    try {
      Files.createDirectories(home);
      synchronized (WorkerCache.class) {
        try (var lock =
                FileChannel.open(
                    home.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var held = lock.lock()) {
          if (held.isValid() && !Files.exists(cache)) {
            progress.accept("making the ahead-of-time cache of the worker, once per build");
            try (var _ = OnceWork.begin()) {
              make(classPath, mainClass, place, cache);
            }
          }
        }
      }
    } catch (IOException slower) {
      progress.accept("no ahead-of-time cache for workers, they start slower: " + slower);
    }
    return Optional.of(cache);
  }

  private static Optional<String> key(String classPath) {
    long hash = Runtime.version().hashCode();
    for (var entry : SEPARATOR.splitAsStream(classPath).toList()) {
      var file = new File(entry);
      if (!file.isFile()) {
        return Optional.empty();
      }
      hash = 31 * hash + entry.hashCode();
      hash = 31 * hash + file.lastModified();
    }
    return Optional.of(Long.toHexString(hash));
  }

  private static void make(String classPath, String mainClass, FleetPlace place, Path cache)
      throws IOException {
    createTopic(place.bootstrap());
    Path work = Files.createTempDirectory(cache.getParent(), "rehearsal-");
    Path made = work.resolve("worker.aot");
    var host = place.orchestratorHosts().getFirst();
    var command =
        new JvmCommand(64, place.net().hostsFile(host), Optional.empty(), classPath, mainClass)
            .with(
                List.of(
                    "--instance",
                    "rehearsal",
                    "--bootstrap",
                    place.bootstrap(),
                    "--topic",
                    TOPIC,
                    "--registry-topic",
                    TOPIC,
                    "--interval",
                    "250ms",
                    "--state-dir",
                    work.resolve("state").toString()));
    command.add(1, "-XX:AOTCacheOutput=" + made);
    var child =
        place
            .children()
            .start(
                new ChildSpec(
                    "worker-rehearsal", host, command, Map.of(), work, work.resolve("out.log")));
    try {
      Deadline.in(READY_LIMIT).await(() -> child.outputTail(5).contains("ready"));
      if (!child.awaitExit(REHEARSAL)) {
        child.terminate();
      }
      if (!child.awaitExit(WRITE_LIMIT) || !Files.exists(made)) {
        throw new IOException("the worker wrote none; its output is in " + work);
      }
    } finally {
      child.kill();
    }
    Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE);
    RunDirectory.delete(work);
    forgetOld(cache);
  }

  /** Made on purpose: one that is made by asking is a finding of its own. Else asking makes it. */
  private static void createTopic(String bootstrap) {
    var limits =
        Map.<String, Object>of(
            "bootstrap.servers", bootstrap,
            "request.timeout.ms", TOPIC_LIMIT_MS,
            "default.api.timeout.ms", TOPIC_LIMIT_MS);
    try (var admin = Admin.create(limits)) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
          .all()
          .get(TOPIC_LIMIT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException untaken) {
      return; // brokers below 0.10.1, or it is there already
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Caches of other builds serve nobody; a worker that still runs keeps what it has mapped. */
  private static void forgetOld(Path cache) throws IOException {
    try (var others = Files.newDirectoryStream(cache.getParent(), "worker-*.{aot,jsa}")) {
      for (var other : others) {
        if (!other.equals(cache)) {
          Files.deleteIfExists(other);
        }
      }
    }
  }
}
