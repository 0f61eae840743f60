package holter.agent;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The registrations of an instance: which DTUs it serves, told to the orchestrator's directory
 * until it is known to have them, by Kafka and, where that is slow, by HTTP as well. Calls return
 * at once, whatever Kafka, the disk or the orchestrator do; nothing is shared with the beats.
 */
public final class Registrar {
  private static final int INBOX_MAX = 10_000;
  private static final long TICK_MS = 200;

  /** Told that another instance owns a DTU now. */
  @FunctionalInterface
  public interface LostListener {
    /**
     * The directory knows a newer connection of the DTU elsewhere; the claim is dropped already.
     * Called on the registrar's thread: must not wait.
     */
    void lost(String dtu, long sessionEpoch, String owner);
  }

  private final Notices notices;
  private final Consumer<DtuDigest> digests;
  private final LinkedBlockingQueue<LongConsumer> inbox = new LinkedBlockingQueue<>();
  private final ClaimBook book;
  private final Spool spool;
  private final Daemon thread = new Daemon("holter-registrar", this::run);

  private @Nullable RegistrationsByKafka kafka;
  private @Nullable RegistrationsByHttp http;
  private volatile @Nullable LostListener lostListener;
  private volatile int unacknowledged;
  private volatile long closeAtNanos;

  private Registrar(
      AgentConfig config, Identity who, Spool spool, Consumer<DtuDigest> digests, Notices notices) {
    this.notices = notices;
    this.digests = digests;
    this.spool = spool;
    boolean hasHttp = config.orchestrator() != null;
    this.book = new ClaimBook(who, config.registering(), hasHttp, new Ways());
  }

  static Registrar start(
      AgentConfig config,
      Identity who,
      @Nullable Orchestrators orchestrators,
      Consumer<DtuDigest> digests,
      Notices notices) {
    Spool spool = Spool.open(config.stateDir(), notices);
    var registrar = new Registrar(config, who, spool, digests, notices);
    registrar.kafka =
        new RegistrationsByKafka(
            config.channel(), who.instance(), registrar::settledByKafka, notices);
    if (orchestrators != null) {
      registrar.http = new RegistrationsByHttp(orchestrators, registrar.new Replies(), notices);
    }
    spool.recovered().forEach(kept -> registrar.put(now -> registrar.book.recover(kept, now)));
    registrar.thread.start();
    return registrar;
  }

  /**
   * Says that this instance serves a DTU.
   *
   * @param dtu its id, 1 to 200 printable characters
   * @param sessionEpoch the number of its connection, higher for each new one
   * @param address where its data goes, host:port
   * @return false when it cannot be taken: too many are waiting, held, or the agent is closed
   */
  public boolean up(String dtu, long sessionEpoch, String address) {
    if (!Text.isName(dtu)) {
      throw new IllegalArgumentException("not a DTU id: 1 to 200 printable characters");
    }
    return take(
        now -> {
          if (!book.hasRoomFor(dtu)) {
            notices.say(
                "claims",
                "more than " + ClaimBook.CLAIMS_MAX + " registrations: " + dtu + " refused");
          } else {
            book.up(dtu, sessionEpoch, address, now);
          }
        });
  }

  /**
   * Says that the DTU's connection of this epoch ended. A later connection stands.
   *
   * @return false when it cannot be taken
   */
  public boolean down(String dtu, long sessionEpoch) {
    return take(now -> book.down(dtu, sessionEpoch, now));
  }

  /** The directory asks for all that is held; see {@link ClaimBook#announceAll}. Never waits. */
  boolean announceAll() {
    return take(book::announceAll);
  }

  /** Who is told when a DTU is owned elsewhere; one listener, the last one set. */
  public void onLost(LostListener listener) {
    lostListener = listener;
  }

  /** How many messages Kafka has not acknowledged yet. */
  public int unacknowledged() {
    return unacknowledged;
  }

  /** Waits for acknowledgements until the deadline; the rest stays on disk for the next life. */
  void close(long deadlineNanos) {
    closeAtNanos = deadlineNanos;
    thread.close(deadlineNanos);
    if (http != null) {
      http.close();
    }
    if (kafka != null) {
      kafka.close(deadlineNanos);
    }
    spool.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
  }

  private boolean take(LongConsumer call) {
    boolean room = !thread.closing() && inbox.size() < INBOX_MAX;
    if (room) {
      put(call);
    }
    return room;
  }

  /** Events of our own are never refused: there is one under way per claim and path at most. */
  private void put(LongConsumer event) {
    inbox.add(event);
  }

  private void run() throws InterruptedException {
    long next = System.nanoTime();
    while (!isDone()) {
      long now = System.nanoTime();
      long waitNanos = Math.max(0, Math.min(next - now, TimeUnit.MILLISECONDS.toNanos(TICK_MS)));
      LongConsumer event = inbox.poll(waitNanos, TimeUnit.NANOSECONDS);
      while (event != null) {
        event.accept(System.nanoTime());
        event = inbox.poll();
      }
      long due = book.due(System.nanoTime());
      next = due == Long.MAX_VALUE ? System.nanoTime() + TimeUnit.HOURS.toNanos(1) : due;
      unacknowledged = book.unacked();
      digests.accept(book.digest());
    }
  }

  private boolean isDone() {
    boolean nothingLeft = inbox.isEmpty() && unacknowledged == 0;
    return thread.closing() && (nothingLeft || System.nanoTime() - closeAtNanos >= 0);
  }

  private void settledByKafka(Registration registration, @Nullable Exception error) {
    if (error == null) {
      put(now -> book.kafkaAcked(registration, now));
    } else {
      put(now -> book.kafkaFailed(registration, now));
    }
  }

  /** The book's decisions, carried out. */
  private final class Ways implements ClaimOutlets {
    @Override
    public void send(Registration registration) {
      if (kafka != null) {
        kafka.send(registration);
      }
    }

    @Override
    public void post(Registration registration) {
      if (http != null) {
        http.post(registration);
      }
    }

    @Override
    public void keep(Registration registration) {
      spool.keep(registration);
    }

    @Override
    public void settle(String dtu) {
      spool.settle(dtu);
    }

    @Override
    public void lost(Registration registration, String owner) {
      LostListener listener = lostListener;
      if (listener == null) {
        return;
      }
      try {
        listener.lost(registration.dtu(), registration.sessionEpoch(), owner);
      } catch (RuntimeException e) { // the worker's code; what it throws must not end ours
        notices.say("lost", "the listener for lost DTUs failed: " + Notices.reason(e));
      }
    }
  }

  /** The directory's answers, given to the book on its own thread. */
  private final class Replies implements RegistrationsByHttp.Answers {
    @Override
    public void applied(Registration registration) {
      put(now -> book.httpApplied(registration, now));
    }

    @Override
    public void stale(Registration registration, String owner) {
      put(now -> book.httpStale(registration, owner, now));
    }

    @Override
    public void failed(Registration registration) {
      put(now -> book.httpFailed(registration, now));
    }
  }
}
