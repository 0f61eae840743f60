package holter.server.directory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which instances hold other DTUs than the directory knows of, by what their beats tell. One beat
 * may be faster than a registration under way; two in a row that disagree are a loss, and the
 * instance is asked to announce all again. Where that does not help it is asked again after 5, 10,
 * 20 … 60 beats, and after two when it tells of others by then. Thread-safe.
 */
public final class Doubts {
  /** More are forgotten at once, and doubted again at their next two beats. */
  static final int INSTANCES_MAX = 100_000;

  private static final int BEATS_IN_A_ROW = 2;
  private static final int PATIENCE = 5;
  private static final int PATIENCE_MAX = 60;

  /** What one beat told of the registrations its sender holds. */
  public record Told(String instance, long incarnation, long seq, DtuDigest digest) {}

  /** Beats are counted from the first that disagreed, or from the last question. */
  private record Doubt(
      long incarnation, long seq, int beats, int patience, @Nullable DtuDigest askedAbout) {
    boolean isDue(int count, DtuDigest told) {
      return count >= BEATS_IN_A_ROW && (!told.equals(askedAbout) || count >= patience);
    }
  }

  private final Directory directory;
  private final Map<String, Doubt> doubts = new ConcurrentHashMap<>();

  public Doubts(Directory directory) {
    this.directory = directory;
  }

  /**
   * Takes in a beat's word.
   *
   * @param ask called when the instance is to announce again; must not wait. When it says false,
   *     the next beat that disagrees calls it once more
   */
  public void heard(Told told, BooleanSupplier ask) {
    if (directory.digest(told.instance(), told.incarnation()).equals(told.digest())) {
      if (!doubts.isEmpty()) {
        doubts.remove(told.instance());
      }
      return;
    }
    if (doubts.size() >= INSTANCES_MAX) {
      doubts.clear();
    }
    doubts.compute(told.instance(), (instance, doubt) -> next(doubt, told, ask));
  }

  /** A question did not get through: the next beat that disagrees asks once more. */
  public void unasked(String instance) {
    doubts.computeIfPresent(
        instance,
        (name, doubt) ->
            new Doubt(doubt.incarnation(), doubt.seq(), BEATS_IN_A_ROW - 1, PATIENCE, null));
  }

  private static Doubt next(@Nullable Doubt before, Told told, BooleanSupplier ask) {
    if (before == null || told.incarnation() > before.incarnation()) {
      return new Doubt(told.incarnation(), told.seq(), 1, PATIENCE, null);
    }
    if (told.incarnation() < before.incarnation() || told.seq() <= before.seq()) {
      return before;
    }
    int beats = before.beats() + 1;
    if (!before.isDue(beats, told.digest()) || !ask.getAsBoolean()) {
      return new Doubt(
          told.incarnation(), told.seq(), beats, before.patience(), before.askedAbout());
    }
    boolean again = told.digest().equals(before.askedAbout());
    int patience = again ? Math.min(PATIENCE_MAX, 2 * before.patience()) : PATIENCE;
    return new Doubt(told.incarnation(), told.seq(), 0, patience, told.digest());
  }
}
