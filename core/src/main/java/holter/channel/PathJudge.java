package holter.channel;

import holter.words.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * One partition's path, judged from its lane's samples.
 *
 * <pre>Unknown --3 good--> Healthy --2 hard or 3 of 5 bad--> Sick --10 good--> Healthy
 * any --no sample for 5 s, or the leader moved--> Unknown</pre>
 *
 * Not thread-safe; the engine's loop owns it.
 */
final class PathJudge {
  /** Good samples in a row that end a sickness: a path that flaps is not healed. */
  static final int GOOD_TO_HEAL = 10;

  /** Good samples in a row that make an unknown path healthy: start-up must not take long. */
  static final int GOOD_TO_TRUST = 3;

  /** Unanswered samples in a row, while other lanes are fine, that make a path sick. */
  static final int HARD_TO_SICK = 2;

  /** Bad samples among the last five that make a path sick. */
  static final int BAD_OF_FIVE = 3;

  /** Without a sample for this long nothing is known. */
  static final long STALE_MS = 5_000;

  /** A reader that has not reached the end for this long does not keep up, or hangs. */
  static final long READER_BEHIND_MS = 10_000;

  /** Below this nothing is called slow, whatever the ratios say. */
  static final long SLOW_FLOOR_MS = 500;

  /** Times slower than its own history and than its peers. */
  static final int SLOW_TIMES = 3;

  private final LaneBaseline baseline = new LaneBaseline();
  private final Proof proof = new Proof();
  private PathState state = new PathState.Unknown(Sentence.of(PathWords.NOT_PROVED_YET));
  private int leaderId = -1;
  private int leaderEpoch = -1;
  private int goodRun;
  private long goodSinceMs = -1;
  private int hardRun;
  private int lastFive;
  private @Nullable Sickness doubted;
  private long firstBadMs = -1;
  private long voidBeforeMs = -1;
  private long informedMs = -1;
  private long lastSampleMs = -1;
  private long lastSeenMs = -1;
  private long badSentMs = -1;
  private long firstSampleMs = -1;
  private boolean fetchOnly;

  /** A lane's round, with what its peers show. */
  void sample(LaneSample sample, Peers peers) {
    lastSampleMs = sample.endedAtMs();
    firstSampleMs = firstSampleMs < 0 ? sample.sentAtMs() : firstSampleMs;
    if (sample.leaderId() >= 0) {
      followLeader(sample);
    }
    switch (sample.outcome()) {
      case LaneOutcome.Seen(long ackMs, long seenMs) -> {
        fetchOnly = false;
        proof.seen(sample.sentAtMs(), sample.endedAtMs());
        boolean late = 2 * ackMs >= seenMs; // else only a follower kept it from being seen
        answered(sample, Math.max(ackMs, seenMs), late ? Sickness.SLOW : Sickness.ISR, peers);
      }
      case LaneOutcome.Fetched(long fetchMs) -> {
        fetchOnly = true;
        answered(sample, fetchMs, Sickness.SLOW, peers);
      }
      case LaneOutcome.AckedUnseen unseen -> hard(sample, Sickness.ISR, peers);
      case LaneOutcome.Unacked unacked -> hard(sample, Sickness.HANG, peers);
      case LaneOutcome.FetchSilent silent -> hard(sample, Sickness.HANG, peers);
      case LaneOutcome.Refused refused -> hard(sample, Sickness.REFUSED, peers);
      case LaneOutcome.Voided none -> {}
    }
  }

  private void followLeader(LaneSample sample) {
    boolean moved =
        leaderId >= 0
            && (sample.leaderId() != leaderId
                || (sample.leaderEpoch() > leaderEpoch && leaderEpoch >= 0));
    leaderId = sample.leaderId();
    leaderEpoch = Math.max(leaderEpoch, sample.leaderEpoch());
    if (moved) {
      baseline.clear();
      unknown(PathWords.LEADER_MOVED, leaderId);
    }
  }

  private void answered(LaneSample sample, long roundTripMs, Sickness whenSlow, Peers peers) {
    informedMs = Math.max(informedMs, sample.endedAtMs()); // read after our pause, ended before
    lastSeenMs = roundTripMs;
    if (slow(roundTripMs, peers)) {
      if (sample.sentAtMs() >= voidBeforeMs) {
        hardRun = 0;
        bad(sample, whenSlow, peers);
      }
      return;
    }
    hardRun = 0;
    goodSinceMs = goodRun == 0 ? sample.sentAtMs() : goodSinceMs;
    goodRun++;
    lastFive = (lastFive << 1) & 31;
    if (lastFive == 0) {
      firstBadMs = -1;
    }
    boolean sick = state instanceof PathState.Sick;
    if (!sick) {
      baseline.add(roundTripMs);
    }
    if (goodRun >= (sick ? GOOD_TO_HEAL : GOOD_TO_TRUST)
        && !(state instanceof PathState.Healthy)
        && !readerBehind(sample.endedAtMs())) {
      state = new PathState.Healthy(goodSinceMs);
    }
  }

  private boolean slow(long ms, Peers peers) {
    boolean measured = baseline.enough() || peers.medianMs() > 0;
    return measured
        && ms > SLOW_FLOOR_MS
        && (!baseline.enough() || ms > SLOW_TIMES * baseline.p90Ms())
        && ms > SLOW_TIMES * peers.medianMs();
  }

  private void hard(LaneSample sample, Sickness kind, Peers peers) {
    if (sample.sentAtMs() < voidBeforeMs) {
      return;
    }
    informedMs = Math.max(informedMs, sample.endedAtMs());
    hardRun++;
    bad(sample, kind, peers);
  }

  private void bad(LaneSample sample, Sickness kind, Peers peers) {
    if (state instanceof PathState.Sick && goodRun > 0 && sample.sentAtMs() < goodSinceMs) {
      return; // it was sent before the good ones, and only took longer to be given up
    }
    goodRun = 0;
    badSentMs = sample.sentAtMs();
    lastFive = (lastFive << 1 | 1) & 31;
    if (firstBadMs < 0) {
      firstBadMs = sample.sentAtMs();
    }
    boolean again = kind == doubted;
    doubted = kind;
    if (state instanceof PathState.Sick sick) {
      if (again && sick.kind() != kind) {
        state = new PathState.Sick(kind, sick.sinceMs(), subjectOf(kind, sick));
      }
    } else if (hardRun >= (peers.oneIsGood() ? HARD_TO_SICK : HARD_TO_SICK + 1)
        || Integer.bitCount(lastFive) >= BAD_OF_FIVE) {
      state = new PathState.Sick(kind, firstBadMs, kind == Sickness.ISR ? -1 : leaderId);
    }
  }

  private int subjectOf(Sickness kind, PathState.Sick sick) {
    return kind == Sickness.ISR ? sick.subjectBrokerId() : leaderId;
  }

  /** By metadata the partition has no leader since {@code sinceMs}. */
  void leaderless(long sinceMs) {
    goodRun = 0;
    boolean known = state instanceof PathState.Sick sick && sick.kind() == Sickness.LEADERLESS;
    if (!known) {
      state = new PathState.Sick(Sickness.LEADERLESS, sinceMs, -1);
    }
  }

  /** Whom the ISR sickness points at, once that is worked out over all partitions. */
  void blame(int brokerId) {
    if (state instanceof PathState.Sick sick && sick.subjectBrokerId() != brokerId) {
      state = new PathState.Sick(sick.kind(), sick.sinceMs(), brokerId);
    }
  }

  /** We were not listening: unanswered samples sent before {@code nowMs} say nothing. */
  void paused(long nowMs) {
    voidBeforeMs = nowMs;
    hardRun = 0;
    informedMs = Math.max(informedMs, nowMs);
  }

  void tick(long nowMs) {
    if (nowMs - informedMs > STALE_MS
        && !(state instanceof PathState.Unknown)
        && !leaderlessNow()) {
      unknown(PathWords.NO_SAMPLE, STALE_MS);
    }
    if (state instanceof PathState.Healthy && readerBehind(nowMs)) {
      unknown(PathWords.READER_BEHIND, READER_BEHIND_MS);
    }
  }

  /** A path whose beats nobody reads proves nothing of those who send them. */
  private boolean readerBehind(long nowMs) {
    long since = Math.max(proof.readThroughMs(), Math.max(firstSampleMs, voidBeforeMs));
    return nowMs - since > READER_BEHIND_MS;
  }

  private boolean leaderlessNow() {
    return state instanceof PathState.Sick sick && sick.kind() == Sickness.LEADERLESS;
  }

  private void unknown(PathWords why, long detail) {
    state = new PathState.Unknown(Sentence.of(why, detail));
    goodRun = 0;
    hardRun = 0;
    lastFive = 0;
    firstBadMs = -1;
    doubted = null;
  }

  PathState state() {
    return state;
  }

  Proof proof() {
    return proof;
  }

  boolean fetchOnly() {
    return fetchOnly;
  }

  int leaderId() {
    return leaderId;
  }

  /** Whether its last sample was good. A sick path that is good is healing. */
  boolean good() {
    return goodRun > 0;
  }

  /** When the last bad sample was sent, −1 for never. */
  long badSentMs() {
    return badSentMs;
  }

  /** Whether a good sample ended at or after {@code ms}. */
  boolean goodSince(long ms) {
    return goodRun > 0 && lastSampleMs >= ms;
  }

  long medianMs() {
    return baseline.medianMs();
  }

  long lastSampleMs() {
    return lastSampleMs;
  }

  long lastSeenMs() {
    return lastSeenMs;
  }
}
