package holter.server.log;

import holter.channel.BrokerNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the logs of a broker under a local directory; a bundle, or a mounted volume. */
final class LogDirectory {
  static final int FILES_MAX = 64;

  private static final int DEPTH_MAX = 3;

  /** Files with log lines in them; what else lies in a log directory is not read. */
  private static final Pattern NAMES =
      Pattern.compile(
          ".*\\.(log|out|txt)([.-].*)?|(server|controller|kafka|stdout|broker).*\\.(log|out).*"
              + "|dmesg.*|messages.*|kern\\.log.*|syslog.*");

  /** Every request of every client: too much, and nothing that is wanted. Data are no logs. */
  private static final Pattern NOT_THESE =
      Pattern.compile(".*kafka-request.*|\\d{20}\\.(log|.*index|snapshot).*|.*\\.(zst|xz|bz2|zip)");

  /** A folder of the logs of a process that is no broker. */
  private static final Pattern CONTROLLER =
      Pattern.compile("(?i).*(?:controller|quorum|kraft)[^0-9]*([0-9]{1,9})");

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

  /** The broker's logs that may hold something since then, newest first. */
  List<Path> find(BrokerNode broker, long sinceWallMs) throws IOException {
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

  /** Controllers that are no brokers and have a folder of their own with their id in its name. */
  List<BrokerNode> controllers(List<BrokerNode> brokers) throws IOException {
    var found = new ArrayList<BrokerNode>();
    for (Path child : children(dir)) {
      String name = child.getFileName().toString();
      Matcher own = CONTROLLER.matcher(name);
      boolean ofBroker = brokers.stream().anyMatch(b -> names(b).test(name));
      if (Files.isDirectory(child) && !ofBroker && own.matches()) {
        found.add(new BrokerNode(Integer.parseInt(own.group(1)), name, 0));
      }
    }
    return found;
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
      return id.matcher(undated).find()
          || (!broker.host().isEmpty() && host.matcher(undated).find());
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
}
