package holter.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What this instance says of its DTUs, and what is to be done about it: decisions only, time is
 * passed in as nanoseconds of one monotonic clock.
 *
 * <pre>
 * up ──► kept on disk, sent by Kafka ──acked──► settled; announced again while held
 *          │ no ack for hedgeAfter: also by HTTP ──applied──► directory knows; Kafka goes on
 *          │                                     └─stale, another owner──► lost: dropped
 *          └ failed: rests, and goes when its {@link Way} finds that messages get through again
 * down ─► the same, and forgotten when acked
 * </pre>
 *
 * Not thread-safe; one thread touches it: the registrar's, or a simulator's.
 */
public final class ClaimBook {
  /** 20 000 DTUs are 20 times what the largest worker of the incident served; about 10 MB. */
  static final int CLAIMS_MAX = 20_000;

  /** The directory may ask for everything once in this time. */
  static final long ASKED_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What the producer's buffer takes many times over. */
  private static final int KAFKA_AT_ONCE = 500;

  private static final int HTTP_AT_ONCE = 4;
  private static final long NEVER = Claim.NEVER;

  private final Identity who;
  private final AgentConfig.Registering times;
  private final boolean hasHttp;
  private final ClaimOutlets out;
  private final Map<String, Claim> claims = new HashMap<>();
  private final ClaimTimers timers = new ClaimTimers();
  private final Way kafka;
  private final Way http;
  private DtuDigest digest = DtuDigest.NONE;
  private long seq;
  private int unacked;
  private long askableAt = Long.MIN_VALUE;

  /**
   * An empty book.
   *
   * @param hasHttp whether there is a second way
   */
  public ClaimBook(Identity who, AgentConfig.Registering times, boolean hasHttp, ClaimOutlets out) {
    this.who = who;
    this.times = times;
    this.hasHttp = hasHttp;
    this.out = out;
    this.kafka = new Way(KAFKA_AT_ONCE, KAFKA_AT_ONCE, false, claim -> out.send(claim.said));
    this.http =
        new Way(HTTP_AT_ONCE, RegistrationsByHttp.THREADS, true, claim -> out.post(claim.said));
  }

  /** The registrations held now. */
  public DtuDigest digest() {
    return digest;
  }

  /** How many messages Kafka has not acknowledged. */
  public int unacked() {
    return unacked;
  }

  /** Whether a connection of this DTU can be taken: a known one takes no more room. */
  boolean hasRoomFor(String dtu) {
    return claims.size() < CLAIMS_MAX || claims.containsKey(dtu);
  }

  /** A DTU connected here. An older connection than the one known, or a repetition, is ignored. */
  public void up(String dtu, long sessionEpoch, String address, long now) {
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
  public void down(String dtu, long sessionEpoch, long now) {
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

  /** Kafka has it, with all replicas. */
  public void kafkaAcked(Registration sent, long now) {
    Claim claim = about(sent);
    kafka.succeeded(claim, now);
    if (claim == null) {
      return;
    }
    out.settle(sent.dtu());
    if (claim.said.seq() != sent.seq()) {
      kafka.want(claim);
      return;
    }
    setAcked(claim, true);
    if (!claim.toBeAnswered) {
      claim.hedgeAt = NEVER;
      http.drop(claim);
    }
    if (!claim.isHeld()) {
      remove(claim);
    }
  }

  /** Kafka may have it or not; it goes again. */
  public void kafkaFailed(Registration sent, long now) {
    kafka.failed(about(sent), now);
  }

  /** The directory has it. */
  public void httpApplied(Registration posted, long now) {
    Claim claim = about(posted);
    http.succeeded(claim, now);
    if (claim != null) {
      known(claim, posted);
    }
  }

  /**
   * The directory holds something newer. That it is our own message, come by Kafka before this
   * copy, says that it is applied; that there is no owner says nothing against us.
   */
  public void httpStale(Registration posted, String owner, long now) {
    Claim claim = about(posted);
    http.succeeded(claim, now);
    if (claim == null) {
      return;
    }
    boolean othersOwn = !owner.isEmpty() && !owner.equals(who.instance());
    if (!othersOwn && claim.said.up()) {
      known(claim, posted);
      return;
    }
    boolean held = claim.isHeld();
    out.settle(posted.dtu());
    remove(claim);
    if (held) {
      out.lost(claim.said, owner);
    }
  }

  /** The directory may have it or not; it goes again unless Kafka has it by now. */
  public void httpFailed(Registration posted, long now) {
    Claim claim = about(posted);
    http.failed(claim, now);
    if (claim != null && claim.acked && !claim.toBeAnswered) {
      http.drop(claim);
    }
  }

  /**
   * The directory says that what it holds of this instance differs: all that is held goes again, on
   * both ways, and the directory's own answers count. Asked more often than once a second it does
   * nothing.
   */
  public void announceAll(long now) {
    if (now < askableAt) {
      return;
    }
    askableAt = now + ASKED_AGAIN_NANOS;
    for (Claim claim : claims.values()) {
      if (claim.isHeld()) {
        setAcked(claim, false);
        kafka.want(claim);
        if (hasHttp) {
          claim.toBeAnswered = true;
          http.want(claim);
        }
      }
    }
    go(now);
  }

  /** Does what is due; returns when the next thing will be, {@link Long#MAX_VALUE} for never. */
  public long due(long now) {
    long nextTimer = timers.due(now, claim -> act(claim, now));
    go(now);
    return Math.min(nextTimer, Math.min(kafka.nextAt(), http.nextAt()));
  }

  private void go(long now) {
    kafka.go(now);
    http.go(now);
  }

  /** The claim that a returned message is about; null when another took its place. */
  private @Nullable Claim about(Registration message) {
    Claim claim = claims.get(message.dtu());
    return claim != null && claim.isAbout(message) ? claim : null;
  }

  private void known(Claim claim, Registration posted) {
    claim.toBeAnswered = false;
    if (claim.said.seq() != posted.seq() && !claim.acked) {
      http.want(claim);
    }
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
    kafka.want(claim);
    claim.hedgeAt = hasHttp ? now + times.hedgeAfter().toNanos() : NEVER;
    timers.schedule(claim);
    go(now);
  }

  private void act(Claim claim, long now) {
    if (claim.announceAt <= now) {
      claim.said = claim.said.withSeq(++seq);
      setAcked(claim, false);
      claim.announceAt = now + announceNanos(claim);
      claim.hedgeAt = hasHttp ? now + times.hedgeAfter().toNanos() : NEVER;
      kafka.want(claim);
    }
    if (claim.hedgeAt <= now) {
      claim.hedgeAt = NEVER;
      http.want(claim);
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
    kafka.drop(claim);
    http.drop(claim);
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
}
