package holter.server.log;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads all logs of one broker, the newest first, and says what they tell. Not thread-safe. */
final class BrokerReading {
  private static final long MB = 1 << 20;

  private final BrokerNode broker;
  private final LogWindow window;
  private final LogDigest digest;
  private final CollectorLog collector;
  private int unreadable;
  private Path firstUnreadable = Path.of("");

  /**
   * What came of it.
   *
   * @param facts what the logs tell, or why they tell nothing
   * @param moments by which clocks can be compared
   */
  record Result(List<Fact> facts, Map<String, Long> moments) {
    static Result of(List<Fact> facts) {
      return new Result(facts, Map.of());
    }
  }

  BrokerReading(BrokerNode broker, LogWindow window) {
    this.broker = broker;
    this.window = window;
    this.digest = new LogDigest(broker.id(), window);
    this.collector = new CollectorLog(broker.id(), window);
  }

  /** Of files on this machine; one that may not be read does not hide the others. */
  Result files(List<Path> paths, String where, long skewMs, Allowance allowance)
      throws IOException {
    for (Path path : paths) {
      boolean ofCollector = LogFile.ofCollector(path.getFileName().toString());
      var file = new WindowFile(path, window, window.zone(), skewMs, allowance);
      try {
        file.read(ofCollector ? collector::take : digest::take);
      } catch (IOException failed) {
        if (unreadable++ == 0) {
          firstUnreadable = path;
        }
        if (unreadable == paths.size()) {
          throw failed;
        }
      }
    }
    Result result = result(paths.getFirst().getFileName().toString(), where);
    var facts = new ArrayList<>(result.facts());
    if (unreadable > 0) {
      facts.add(unasked(Sentence.of(UnaskedWords.NO_RIGHT, firstUnreadable)));
    }
    if (allowance.cutBytes() > 0) {
      long all = allowance.readBytes() + allowance.cutBytes();
      facts.add(
          unasked(
              Sentence.of(
                  UnaskedWords.PARTLY_READ, allowance.readBytes() / MB, (all + MB - 1) / MB)));
    }
    return new Result(facts, result.moments());
  }

  /** Of what came over the network. */
  Result fetched(List<LogFile> files, String where, ZoneId zone, long skewMs) {
    for (LogFile file : files) {
      boolean ofCollector = LogFile.ofCollector(file.name());
      new EntryReader(zone, skewMs, ofCollector ? collector::take : digest::take)
          .read(file.bytes());
    }
    return result(files.getFirst().name(), where);
  }

  private Result result(String firstName, String where) {
    OptionalInt other = digest.marks().writerOtherThan(broker.id());
    if (other.isPresent()) {
      return Result.of(
          List.of(unasked(Sentence.of(UnaskedWords.LOG_OF_OTHER, where, other.getAsInt()))));
    }
    var facts = new ArrayList<Fact>();
    if (digest.any()) {
      facts.addAll(digest.facts());
    } else if (collector.fact().isEmpty()) {
      facts.add(unasked(Sentence.of(UnaskedWords.NO_DATES, firstName, where)));
    }
    collector.fact().ifPresent(facts::add);
    return new Result(facts, digest.marks().moments());
  }

  private Fact unasked(Sentence why) {
    return unasked(broker, why);
  }

  static Fact unasked(BrokerNode broker, Sentence why) {
    return new Fact.Unasked(Sentence.of(UnaskedWords.LOG_OF, broker.id()), why);
  }
}
