package holter.server.remedy;

import holter.remedy.Plan;
import holter.server.json.CoreJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Plans and their journals in a folder of the user's: {@code ID.plan.json} and {@code ID.journal}.
 * A plan is written once and never changed.
 */
public final class PlanFolder {
  private static final String PLAN = ".plan.json";
  private static final int PLANS_MAX = 500;

  private final Path folder;

  public PlanFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * {@code HOLTER_STATE}, else {@code XDG_STATE_HOME/holter}, else {@code ~/.local/state/holter}.
   */
  public static Path usual() {
    String own = System.getenv("HOLTER_STATE");
    String xdg = System.getenv("XDG_STATE_HOME");
    if (own != null && !own.isBlank()) {
      return Path.of(own);
    }
    Path state =
        xdg != null && !xdg.isBlank()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".local", "state");
    return state.resolve("holter");
  }

  /** The folder that the configuration names; empty: {@link #usual()}. */
  public static PlanFolder at(String configured) {
    return new PlanFolder(configured.isEmpty() ? usual() : Path.of(configured));
  }

  /** Where they are. */
  public Path path() {
    return folder;
  }

  /** Keeps a plan; whoever reads meanwhile sees all of it or nothing. */
  public void save(Plan plan) throws IOException {
    Files.createDirectories(folder);
    Path half = folder.resolve(plan.id() + PLAN + ".half");
    Files.writeString(
        half,
        CoreJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(plan),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE);
    Files.move(half, folder.resolve(plan.id() + PLAN)); // refuses to replace one
  }

  /** A plan by its id; empty when there is none. */
  public Optional<Plan> plan(String id) throws IOException {
    Path file = folder.resolve(id + PLAN);
    return id.matches("[a-z0-9-]{1,40}") && Files.isReadable(file)
        ? Optional.of(CoreJson.mapper().readValue(file.toFile(), Plan.class))
        : Optional.empty();
  }

  /** All of them, the newest first, bounded. */
  public List<Plan> plans() throws IOException {
    var plans = new ArrayList<Plan>();
    for (String id : ids()) {
      plan(id).ifPresent(plans::add);
    }
    plans.sort(Comparator.comparingLong(Plan::madeAtWallMs).reversed());
    return plans;
  }

  /** The ids of all of them, the latest first, bounded. */
  public List<String> ids() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(PLAN))
          .map(name -> name.substring(0, name.length() - PLAN.length()))
          .sorted(Comparator.reverseOrder()) // an id begins with its time
          .limit(PLANS_MAX)
          .toList();
    }
  }

  /** A plan's journal, empty when nothing was done about it yet. */
  public Journal journal(Plan plan) throws IOException {
    return new JournalFile(file(plan));
  }

  /** Bytes of a plan's journal; it only grows. */
  public long journalBytes(Plan plan) throws IOException {
    Path file = file(plan);
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private Path file(Plan plan) {
    return folder.resolve(plan.id() + ".journal");
  }

  /** The kill switch: while there is a file {@code stop} here, no step is begun. */
  public boolean stopped() {
    return Files.exists(folder.resolve("stop"));
  }

  /** Held while a plan is consented to and carried out: one of a folder at a time. */
  public static final class Turn implements AutoCloseable {
    private final FileChannel channel;

    private Turn(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** The turn to work; empty while somebody else has it. */
  public Optional<Turn> turn() throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("turn.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (locked(channel)) {
      return Optional.of(new Turn(channel));
    }
    channel.close();
    return Optional.empty();
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }
}
