package holter.detect;

/**
 * One instance's restarts: when, how many in a row, how long its lives were. Bounded; not
 * thread-safe.
 */
public final class Restarts {
  /** A crash loop by count: five restarts in a quarter of an hour. */
  static final int LOOP_COUNT = 5;

  static final long LOOP_WINDOW_MS = 15 * 60_000;

  /** A crash loop by life span: three lives in a row that ended within half a minute. */
  static final int SHORT_LIVES = 3;

  static final long SHORT_LIFE_MS = 30_000;

  /** Healthy for this long, and the past is forgiven. */
  static final long FORGIVEN_AFTER_MS = 10 * 60_000;

  static final long BACKOFF_FIRST_MS = 10_000;
  static final long BACKOFF_MAX_MS = 300_000;

  /** What tells this instance's waits from another's. */
  private final long seed;

  private final long[] atMs = new long[LOOP_COUNT];
  private int count;
  private int inARow;
  private int shortLives;
  private long lastMs = -1;
  private long inferredMs = -1;
  private long inferredBeforeMs = -1;
  private long bornMs = -1;
  private long diedMs = -1;

  /**
   * @param seed of the waits: the same seed and the same orders give the same waits
   */
  public Restarts(long seed) {
    this.seed = seed;
  }

  /** A restart was ordered. */
  public void ordered(boolean inferred, long nowMs) {
    if (lastMs >= 0 && bornMs > lastMs && nowMs - bornMs >= FORGIVEN_AFTER_MS) {
      inARow = 0;
      shortLives = 0;
    }
    atMs[count++ % LOOP_COUNT] = nowMs;
    inARow = Math.min(inARow + 1, 30);
    lastMs = nowMs;
    inferredBeforeMs = inferredMs;
    inferredMs = inferred ? nowMs : inferredMs;
  }

  /** The order was not carried out: it counts for the waiting time, not as a restart. */
  public void notDone() {
    count = Math.max(0, count - 1);
    inferredMs = inferredBeforeMs;
  }

  /** A person looked at it: the past is forgiven. */
  public void forgive() {
    count = 0;
    inARow = 0;
    shortLives = 0;
    inferredMs = -1;
  }

  /** A life was heard for the first time. */
  public void born(long nowMs) {
    bornMs = nowMs;
  }

  /** A life ended; said again of the same life, it counts once. */
  public void died(long nowMs) {
    if (diedMs >= 0 && diedMs >= bornMs && diedMs >= lastMs) {
      return;
    }
    diedMs = nowMs;
    boolean brief = bornMs >= 0 && nowMs - bornMs < SHORT_LIFE_MS;
    boolean unborn = lastMs >= 0 && bornMs < lastMs;
    shortLives = lastMs >= 0 && (brief || unborn) ? Math.min(shortLives + 1, 30) : 0;
  }

  /**
   * When the next restart may be ordered: at some time within 10, 20, 40 … 300 s after the one
   * before. Any time within them is as likely (full jitter), so that many that died together do not
   * come back together.
   */
  public long notBeforeMs(long nowMs) {
    boolean forgiven = bornMs > lastMs && nowMs - bornMs >= FORGIVEN_AFTER_MS;
    if (inARow == 0 || forgiven) {
      return Long.MIN_VALUE;
    }
    return lastMs + (long) (share() * waitMaxMs());
  }

  /** The longest that the next restart may wait. */
  long waitMaxMs() {
    long wait = BACKOFF_FIRST_MS << Math.min(inARow - 1, 10);
    return Math.min(wait, BACKOFF_MAX_MS);
  }

  /** 0 to 1, evenly spread over instances and orders; the same at each look at the same order. */
  private double share() {
    long mixed = seed * 0x9E3779B97F4A7C15L + lastMs * 31 + inARow;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    mixed ^= mixed >>> 31;
    return (mixed >>> 11) * 0x1.0p-53;
  }

  public boolean crashLoop(long nowMs) {
    boolean many = count >= LOOP_COUNT && nowMs - atMs[count % LOOP_COUNT] < LOOP_WINDOW_MS;
    return many || shortLives >= SHORT_LIVES;
  }

  /** Whether one was ever ordered: before that, births and deaths say nothing. */
  public boolean any() {
    return lastMs >= 0;
  }

  /** Restarts in a row without a long healthy life between. */
  public int inARow() {
    return inARow;
  }

  /** When it was last restarted by inference, −1 for never. */
  public long inferredMs() {
    return inferredMs;
  }

  /** Whether any restart was ordered and no life was heard since. */
  public boolean waiting() {
    return lastMs >= 0 && bornMs < lastMs;
  }
}
