package holter.agent;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * What this instance says of its DTUs, and what is to be done about it: decisions only, time is
 * passed in as nanoseconds of one monotonic clock.
 *
 * <pre>
 * up ──► kept on disk, sent by Kafka ──acked──► settled; announced again while held
 *          │ no ack for hedgeAfter: also by HTTP ──applied──► directory knows; Kafka goes on
 *          │                                     └─stale, another owner──► lost: dropped
 *          └ failed: sent again after 0.5 s, 1 s, … 5 s, for as long as it takes
 * down ─► the same, and forgotten when acked
 * </pre>
 *
 * Not thread-safe; only the registrar's thread touches it.
 */
final class ClaimBook {
  /** 20 000 DTUs are 20 times what the largest worker of the incident served; about 10 MB. */
  static final int CLAIMS_MAX = 20_000;

  private static final long NEVER = Claim.NEVER;
  private static final long KAFKA_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long HTTP_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long BACKOFF_MAX_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Where the book's decisions go. None may wait. */
  interface Outlets {
    /** Send by Kafka; answered by {@link #kafkaAcked} or {@link #kafkaFailed}. */
    void send(Registration registration);

    /** Post by HTTP; answered by {@link #httpApplied}, {@link #httpStale}, {@link #httpFailed}. */
    void post(Registration registration);

    /** Keep on disk until settled; replaces what was kept of this DTU. */
    void keep(Registration registration);

    /** Nothing need be kept of this DTU any more. */
    void settle(String dtu);

    /** Another instance owns the DTU now. */
    void lost(Registration registration, String owner);
  }

  private record Timer(long atNanos, Claim claim) {}

  private final Identity who;
  private final AgentConfig.Registering times;
  private final boolean hasHttp;
  private final Outlets out;
  private final Map<String, Claim> claims = new HashMap<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos));
  private DtuDigest digest = DtuDigest.NONE;
  private long seq;
  private int unacked;

  ClaimBook(Identity who, AgentConfig.Registering times, boolean hasHttp, Outlets out) {
    this.who = who;
    this.times = times;
    this.hasHttp = hasHttp;
    this.out = out;
  }

  /** The registrations held now. */
  DtuDigest digest() {
    return digest;
  }

  /** How many messages Kafka has not acknowledged. */
  int unacked() {
    return unacked;
  }

  /** Whether a connection of this DTU can be taken: a known one takes no more room. */
  boolean hasRoomFor(String dtu) {
    return claims.size() < CLAIMS_MAX || claims.containsKey(dtu);
  }

  /** A DTU connected here. An older connection than the one known, or a repetition, is ignored. */
  void up(String dtu, long sessionEpoch, String address, long now) {
    Claim known = claims.get(dtu);
    if (known != null && known.outranks(sessionEpoch)) {
      return;
    }
    say(
        new Registration(
            dtu, who.instance(), who.incarnation(), ++seq, sessionEpoch, address, true),
        now);
  }

  /** A DTU's connection ended here. Only the connection that is held can be taken back. */
  void down(String dtu, long sessionEpoch, long now) {
    Claim known = claims.get(dtu);
    if (known != null && known.isHeld() && known.said.sessionEpoch() == sessionEpoch) {
      String address = known.said.address();
      say(
          new Registration(
              dtu, who.instance(), who.incarnation(), ++seq, sessionEpoch, address, false),
          now);
    }
  }

  /** A message that an earlier life kept: delivered as it was, once, never announced again. */
  void recover(Registration kept, long now) {
    if (!claims.containsKey(kept.dtu())) {
      var claim = new Claim(kept, false);
      add(claim);
      begin(claim, now);
    }
  }

  void kafkaAcked(Registration sent, long now) {
    Claim claim = claims.get(sent.dtu());
    if (claim == null || !claim.isAbout(sent)) {
      return;
    }
    claim.kafkaUnderWay = false;
    claim.kafkaFailures = 0;
    out.settle(sent.dtu());
    if (claim.said.seq() != sent.seq()) {
      claim.kafkaAt = now;
    } else {
      setAcked(claim, true);
      claim.httpAt = NEVER;
      if (!claim.isHeld()) {
        remove(claim);
      }
    }
    schedule(claim);
  }

  void kafkaFailed(Registration sent, long now) {
    Claim claim = claims.get(sent.dtu());
    if (claim != null && claim.isAbout(sent)) {
      claim.kafkaUnderWay = false;
      claim.kafkaAt = now + backoff(KAFKA_BACKOFF_NANOS, claim.kafkaFailures++);
      schedule(claim);
    }
  }

  void httpApplied(Registration posted, long now) {
    Claim claim = claims.get(posted.dtu());
    if (claim != null && claim.isAbout(posted)) {
      claim.httpUnderWay = false;
      claim.httpFailures = 0;
      claim.httpAt = claim.said.seq() == posted.seq() || claim.acked ? NEVER : now;
      schedule(claim);
    }
  }

  /**
   * The directory holds something newer. That it is our own message, come by Kafka before this
   * copy, says that it is applied; that there is no owner says nothing against us.
   */
  void httpStale(Registration posted, String owner, long now) {
    Claim claim = claims.get(posted.dtu());
    if (claim == null || !claim.isAbout(posted)) {
      return;
    }
    boolean othersOwn = !owner.isEmpty() && !owner.equals(who.instance());
    if (!othersOwn && claim.said.up()) {
      httpApplied(posted, now);
      return;
    }
    boolean held = claim.isHeld();
    out.settle(posted.dtu());
    remove(claim);
    if (held) {
      out.lost(claim.said, owner);
    }
  }

  void httpFailed(Registration posted, long now) {
    Claim claim = claims.get(posted.dtu());
    if (claim != null && claim.isAbout(posted)) {
      claim.httpUnderWay = false;
      boolean wanted = hasHttp && !claim.acked;
      claim.httpAt = wanted ? now + backoff(HTTP_BACKOFF_NANOS, claim.httpFailures++) : NEVER;
      schedule(claim);
    }
  }

  /** Does what is due; returns when the next thing will be, {@link Long#MAX_VALUE} for never. */
  long due(long now) {
    for (Timer timer = timers.peek(); timer != null; timer = timers.peek()) {
      Claim claim = timer.claim;
      boolean current = !claim.gone && claim.timerAt == timer.atNanos;
      if (current && timer.atNanos > now) {
        return timer.atNanos;
      }
      timers.poll();
      if (current) {
        claim.timerAt = NEVER;
        act(claim, now);
        schedule(claim);
      }
    }
    return NEVER;
  }

  private void say(Registration registration, long now) {
    Claim before = claims.get(registration.dtu());
    if (before != null) {
      remove(before);
    }
    var claim = new Claim(registration, true);
    add(claim);
    if (claim.isHeld()) {
      digest = digest.with(registration.dtu(), registration.sessionEpoch());
      claim.announceAt = now + announceNanos(claim);
    }
    out.keep(registration);
    begin(claim, now);
  }

  private void begin(Claim claim, long now) {
    send(claim);
    claim.httpAt = hasHttp ? now + times.hedgeAfter().toNanos() : NEVER;
    schedule(claim);
  }

  private void act(Claim claim, long now) {
    if (claim.announceAt <= now) {
      claim.said = claim.said.withSeq(++seq);
      setAcked(claim, false);
      claim.announceAt = now + announceNanos(claim);
      claim.httpAt = hasHttp ? now + times.hedgeAfter().toNanos() : NEVER;
      claim.kafkaAt = claim.kafkaUnderWay ? NEVER : now;
    }
    if (claim.kafkaAt <= now) {
      send(claim);
    }
    if (claim.httpAt <= now) {
      claim.httpAt = NEVER;
      if (!claim.httpUnderWay) {
        claim.httpUnderWay = true;
        out.post(claim.said);
      }
    }
  }

  private void send(Claim claim) {
    claim.kafkaAt = NEVER;
    claim.kafkaUnderWay = true;
    out.send(claim.said);
  }

  private void schedule(Claim claim) {
    long next = claim.nextAt();
    if (!claim.gone && next < claim.timerAt) {
      claim.timerAt = next;
      timers.add(new Timer(next, claim));
    }
  }

  private void add(Claim claim) {
    claims.put(claim.said.dtu(), claim);
    unacked++;
  }

  private void setAcked(Claim claim, boolean acked) {
    if (claim.acked != acked) {
      claim.acked = acked;
      unacked += acked ? -1 : 1;
    }
  }

  private void remove(Claim claim) {
    claims.remove(claim.said.dtu());
    setAcked(claim, true);
    claim.gone = true;
    if (claim.isHeld()) {
      digest = digest.without(claim.said.dtu(), claim.said.sessionEpoch());
    }
  }

  /** A tenth earlier at most, by the DTU's name: a thousand claims do not speak at once. */
  private long announceNanos(Claim claim) {
    long every = times.announceEvery().toNanos();
    return every - every / 1000 * Math.floorMod(claim.said.dtu().hashCode(), 100);
  }

  private static long backoff(long first, int failures) {
    return Math.min(BACKOFF_MAX_NANOS, first << Math.min(failures, 8));
  }
}
