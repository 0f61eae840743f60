package holter.server.log;

import holter.channel.BrokerNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Finds and reads the logs of a broker under a local directory; a bundle, or a mounted volume. */
final class LogDirectory {
  /** Of one file, so much from its end; an hour of a busy broker's log is less. */
  static final int FILE_BYTES_MAX = 8 << 20;

  static final int FILES_MAX = 24;

  /** An archive that unpacks to more than this is read no further. */
  private static final long UNPACKED_MAX = 256L << 20;

  private static final int DEPTH_MAX = 3;

  /** Kafka's own files with log lines in them; what else lies in a log directory is not read. */
  private static final Pattern NAMES =
      Pattern.compile(
          "(server|controller|kafka|stdout|broker)[^/]*\\.(log|out)[^/]*"
              + "|[^/]*(server|controller)\\.log[^/]*"
              + "|kafkaServer\\.out[^/]*|[^/]*\\.(log|out|txt)(\\.gz)?");

  private static final Pattern NOT_THESE =
      Pattern.compile(".*(-gc\\.|gc\\.log|state-change|log-cleaner|kafka-request|authorizer).*");

  /** The end of a rotated file's name: hours and days look like small broker ids. */
  private static final Pattern DATED = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-\\d{2})?");

  private final Path dir;
  private final boolean dated;

  LogDirectory(Path dir) {
    this(dir, true);
  }

  /**
   * @param dated whether the files' times of change mean anything
   */
  LogDirectory(Path dir, boolean dated) {
    this.dir = dir;
    this.dated = dated;
  }

  /** The ends of the broker's logs that may hold something since then, newest first. */
  List<LogFile> read(BrokerNode broker, long sinceWallMs) throws IOException {
    var files = new ArrayList<LogFile>();
    for (Path path : find(broker, sinceWallMs)) {
      files.add(new LogFile(dir.relativize(path).toString(), end(path)));
    }
    return files;
  }

  private List<Path> find(BrokerNode broker, long sinceWallMs) throws IOException {
    List<Path> own = new ArrayList<>();
    for (Path child : children(dir)) {
      if (Files.isDirectory(child) && names(broker).test(child.getFileName().toString())) {
        own.addAll(logs(child, name -> true));
      }
    }
    if (own.isEmpty()) {
      own.addAll(logs(dir, names(broker)));
    }
    if (!dated) {
      return own.stream().sorted(Comparator.reverseOrder()).limit(FILES_MAX).toList();
    }
    return own.stream()
        .filter(path -> modified(path) >= sinceWallMs)
        .sorted(Comparator.comparingLong(LogDirectory::modified).reversed())
        .limit(FILES_MAX)
        .toList();
  }

  /** Whether a name names this broker: its id or its host stands in it as a word of its own. */
  static Predicate<String> names(BrokerNode broker) {
    var id = Pattern.compile("(?<![0-9])" + broker.id() + "(?![0-9])");
    var host =
        Pattern.compile(
            "(?<![A-Za-z0-9])" + Pattern.quote(broker.host()) + "(?![A-Za-z0-9])",
            Pattern.CASE_INSENSITIVE);
    return name -> {
      String undated = DATED.matcher(name).replaceAll("");
      return id.matcher(undated).find() || host.matcher(undated).find();
    };
  }

  private static List<Path> logs(Path root, Predicate<String> wanted) throws IOException {
    // the root itself may be a link, as administrators mount logs; links below it are not followed
    try (Stream<Path> walk = Files.walk(root.toRealPath(), DEPTH_MAX)) {
      return walk.filter(Files::isRegularFile)
          .filter(path -> named(path.getFileName().toString()))
          .filter(path -> wanted.test(path.getFileName().toString()))
          .toList();
    }
  }

  private static boolean named(String name) {
    return NAMES.matcher(name).matches() && !NOT_THESE.matcher(name).matches();
  }

  private static List<Path> children(Path dir) throws IOException {
    try (Stream<Path> list = Files.list(dir)) {
      return list.sorted().toList();
    }
  }

  private static long modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toMillis();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static byte[] end(Path path) throws IOException {
    if (path.toString().endsWith(".gz")) {
      try (InputStream packed = Files.newInputStream(path)) {
        return unpackedEnd(packed);
      }
    }
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      long length = file.length();
      int wanted = (int) Math.min(length, FILE_BYTES_MAX);
      file.seek(length - wanted);
      var bytes = new byte[wanted];
      int read = 0;
      while (read < wanted) {
        int more = file.read(bytes, read, wanted - read);
        if (more < 0) {
          break; // it was truncated meanwhile
        }
        read += more;
      }
      return Arrays.copyOf(bytes, read);
    }
  }

  /** The last bytes of an archive; of a broken one, what could be unpacked. */
  private static byte[] unpackedEnd(InputStream packed) throws IOException {
    var ring = new byte[FILE_BYTES_MAX];
    long total = 0;
    try (var in = new GZIPInputStream(packed)) {
      var chunk = new byte[64 * 1024];
      for (int read = in.read(chunk); read >= 0 && total < UNPACKED_MAX; read = in.read(chunk)) {
        for (int at = 0; at < read; at++) {
          ring[(int) ((total + at) % ring.length)] = chunk[at];
        }
        total += read;
      }
    } catch (IOException broken) {
      if (total == 0) {
        throw broken;
      }
    }
    if (total <= ring.length) {
      return Arrays.copyOf(ring, (int) total);
    }
    int begin = (int) (total % ring.length);
    var bytes = new byte[ring.length];
    System.arraycopy(ring, begin, bytes, 0, ring.length - begin);
    System.arraycopy(ring, 0, bytes, ring.length - begin, begin);
    return bytes;
  }
}
