package holter.server.log;

import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.text.Unanswered;
import holter.words.Sentence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads logs that are no brokers': of clients, each known by the name of its file or folder, and of
 * orchestrators. A log that cannot be read is named as {@link Fact.Unasked}. Thread-safe.
 */
public final class NamedLogs {
  private static final int CLIENTS_MAX = 200;
  private static final int FILES_MAX = 64;
  private static final int DEPTH_MAX = 3;
  private static final int TELLING_SHARE = 10;
  private static final int SAMPLE_MAX = 300;
  private static final long MB = 1 << 20;

  private final LongSupplier clockMs;

  /**
   * @param clockMs engine time
   */
  public NamedLogs(LongSupplier clockMs) {
    this.clockMs = clockMs;
  }

  /**
   * The signs in clients' logs within the window; blocks until about the deadline.
   *
   * @param place a file, which is one client's, or a directory of files and folders, one for each
   */
  public List<Observation> clients(Path place, LogWindow window, Duration deadline) {
    long endNs = endNs(deadline);
    var seen = new ArrayList<Observation>();
    var shared = new AtomicLong(Allowance.ALL_BYTES_MAX);
    Map<String, List<Path>> clients;
    try {
      clients = byClient(place, window.copied());
    } catch (IOException failed) {
      return List.of(
          unasked(Source.CLIENT_LOGS, place.toString(), UnaskedWords.CLIENT_LOGS, failed));
    }
    int told = 0;
    for (var client : clients.entrySet()) {
      String name = client.getKey();
      if (told++ == CLIENTS_MAX) {
        seen.add(
            observed(
                Source.CLIENT_LOGS,
                name,
                new Fact.Unasked(
                    Sentence.of(UnaskedWords.CLIENT_LOGS),
                    Sentence.of(UnaskedWords.CUT, clients.size() - CLIENTS_MAX))));
        break;
      }
      var book = new SignBook(name, -1, Wording.Origin.CLIENT);
      var end = new End();
      Consumer<LogEntry> taker =
          entry -> {
            if (!in(window, entry)) return;
            end.take(entry);
            BitSet hits = Wordings.anchorsIn(entry);
            if (!hits.isEmpty()) book.take(entry, hits);
          };
      var allowance = new Allowance(shared, endNs);
      Sentence subject = Sentence.of(UnaskedWords.CLIENT_LOG, name);
      read(client.getValue(), window, allowance, taker)
          .ifPresent(
              why -> seen.add(observed(Source.CLIENT_LOGS, name, new Fact.Unasked(subject, why))));
      book.facts().forEach(fact -> seen.add(observed(Source.CLIENT_LOGS, name, fact)));
      end.fact(name).ifPresent(fact -> seen.add(observed(Source.CLIENT_LOGS, name, fact)));
    }
    return seen;
  }

  /** Where a log ends within the window. */
  private static final class End {
    private @Nullable LogEntry last;

    void take(LogEntry entry) {
      LogEntry before = last;
      if (before == null || entry.wallMs() >= before.wallMs()) {
        last = entry;
      }
    }

    Optional<Fact.Logged> fact(String name) {
      return Optional.ofNullable(last)
          .map(
              e ->
                  new Fact.Logged(
                      LogSign.LAST_LINE, name, -1, "", 1, e.wallMs(), e.wallMs(), cut(e.text())));
    }
  }

  /** Which workers an orchestrator says it restarted for their silence, within the window. */
  public List<Observation> orchestrator(Path file, LogWindow window, Duration deadline) {
    String name = String.valueOf(file.getFileName());
    var lines = new RestartLines();
    Map<String, Tally> restarts = new LinkedHashMap<>();
    Consumer<LogEntry> taker =
        entry -> {
          if (!in(window, entry)) return;
          lines
              .take(entry)
              .ifPresent(
                  r ->
                      restarts
                          .computeIfAbsent(r.worker(), _ -> new Tally())
                          .add(r.wallMs(), 0, entry.text(), 0));
        };
    var allowance = new Allowance(new AtomicLong(Allowance.ALL_BYTES_MAX), endNs(deadline));
    var seen = new ArrayList<Observation>();
    Sentence subject = Sentence.of(UnaskedWords.ORCHESTRATOR_LOG);
    read(List.of(file), window, allowance, taker)
        .ifPresent(
            why ->
                seen.add(observed(Source.ORCHESTRATOR_LOGS, name, new Fact.Unasked(subject, why))));
    restarts.forEach(
        (worker, tally) ->
            seen.add(
                observed(
                    Source.ORCHESTRATOR_LOGS,
                    name,
                    new Fact.Logged(
                        LogSign.RESTARTED_FOR_SILENCE,
                        name,
                        -1,
                        worker,
                        tally.count(),
                        tally.firstMs(),
                        tally.lastMs(),
                        cut(tally.sample())))));
    return seen;
  }

  private static String cut(String text) {
    return text.length() <= SAMPLE_MAX ? text : text.substring(0, SAMPLE_MAX) + "…";
  }

  private static long endNs(Duration deadline) {
    return System.nanoTime() + deadline.toNanos() - deadline.toNanos() / TELLING_SHARE;
  }

  private static boolean in(LogWindow window, LogEntry entry) {
    return entry.wallMs() >= window.fromWallMs() && entry.wallMs() <= window.toWallMs();
  }

  /** What kept it from being read whole; empty when nothing did. */
  private static Optional<Sentence> read(
      List<Path> files, LogWindow window, Allowance allowance, Consumer<LogEntry> taker) {
    var dated = new boolean[1];
    try {
      for (Path file : files) {
        new WindowFile(file, window, window.zone(), 0, allowance)
            .read(
                entry -> {
                  dated[0] = true;
                  taker.accept(entry);
                });
      }
    } catch (IOException failed) {
      return Optional.of(why(failed));
    }
    if (allowance.cutBytes() > 0) {
      long all = allowance.readBytes() + allowance.cutBytes();
      return Optional.of(
          Sentence.of(UnaskedWords.PARTLY_READ, allowance.readBytes() / MB, (all + MB - 1) / MB));
    }
    String folder = String.valueOf(files.getFirst().getParent());
    boolean any = dated[0] || allowance.readBytes() == 0;
    return any
        ? Optional.empty()
        : Optional.of(
            Sentence.of(
                UnaskedWords.NO_DATES,
                files.getFirst().getFileName(),
                window.copied() ? Path.of(folder).getFileName() : folder));
  }

  /** Each file under its stem, each folder's files under the folder's name; newest first. */
  private static Map<String, List<Path>> byClient(Path place, boolean copied) throws IOException {
    var clients = new TreeMap<String, List<Path>>();
    if (Files.isRegularFile(place)) {
      clients.put(stem(place), List.of(place));
      return clients;
    }
    try (Stream<Path> children = Files.list(place)) {
      for (Path child : (Iterable<Path>) children.sorted()::iterator) {
        if (Files.isRegularFile(child)) {
          clients.computeIfAbsent(stem(child), _ -> new ArrayList<>()).add(child);
        } else if (Files.isDirectory(child)) {
          List<Path> inside = inside(child);
          if (!inside.isEmpty()) {
            clients
                .computeIfAbsent(child.getFileName().toString(), _ -> new ArrayList<>())
                .addAll(inside);
          }
        }
      }
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    Comparator<Path> newestFirst =
        copied
            ? Comparator.reverseOrder()
            : Comparator.comparingLong(NamedLogs::modified).reversed();
    clients.values().forEach(files -> files.sort(newestFirst));
    return clients;
  }

  private static List<Path> inside(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder, DEPTH_MAX)) {
      return walk.filter(Files::isRegularFile).sorted().limit(FILES_MAX).toList();
    }
  }

  /** A file's name without what rotation and packing put behind it. */
  static String stem(Path file) {
    String name = file.getFileName().toString();
    String stem = name.replaceFirst("\\.(log|out|txt|json)\\b.*$", "").replaceFirst("\\.gz$", "");
    return stem.isEmpty() ? name : stem;
  }

  private static long modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toMillis();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static Sentence why(IOException failed) {
    return switch (failed) {
      case NoSuchFileException missing -> Sentence.of(UnaskedWords.NO_DIRECTORY, missing.getFile());
      case AccessDeniedException denied -> Sentence.of(UnaskedWords.NO_RIGHT, denied.getFile());
      default -> Unanswered.reason(failed);
    };
  }

  private Observation unasked(
      Source source, String witness, UnaskedWords subject, IOException failed) {
    return observed(source, witness, new Fact.Unasked(Sentence.of(subject), why(failed)));
  }

  private Observation observed(Source source, String witness, Fact fact) {
    return new Observation(source, witness, clockMs.getAsLong(), fact);
  }
}
