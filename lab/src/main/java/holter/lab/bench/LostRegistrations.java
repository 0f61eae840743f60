package holter.lab.bench;

import holter.agent.AgentConfig;
import holter.agent.ClaimBook;
import holter.agent.ClaimOutlets;
import holter.agent.Identity;
import holter.agent.Incarnation;
import holter.server.directory.Directory;
import holter.server.directory.Doubts;
import holter.server.directory.DtuDigest;
import holter.server.directory.Registration;
import holter.server.directory.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Scenario R in virtual time: the claims of ten instances, the very ones that the agent makes,
 * before the directory that the orchestrator has. Their ways are cut, DTUs dial in, and the ways
 * heal; what was lost is to be back. The same seed plays the same.
 *
 * <p>The clients are modelled: a message that Kafka's client holds goes up to 1.4 s after the heal,
 * when it next connects, or fails after its ten seconds; a post that was begun while the way was
 * cut fails, after the time drawn for the seed, however soon the way heals.
 */
final class LostRegistrations {
  /** What heals, and what was lost. */
  enum Loss {
    /** Nothing got through, both ways heal. */
    BOTH_WAYS("both ways cut, both heal"),
    /** Kafka stays away. */
    HTTP_HEALS("both ways cut, HTTP heals"),
    /** The orchestrator's listener stays away. */
    KAFKA_HEALS("both ways cut, Kafka heals"),
    /** Kafka acknowledged what nobody ever read; there is no trace of it but the digest. */
    ACKNOWLEDGED("acknowledged and lost");

    final String title;

    Loss(String title) {
      this.title = title;
    }
  }

  /**
   * What came of one trial.
   *
   * @param lost DTUs that were not registered at the heal
   * @param backS when each of them was, in seconds after the heal
   * @param beatsMax most beats of one instance from the heal until its last DTU was back
   * @param wrong DTUs that the directory gives to somebody else at the end, or to nobody
   */
  record Trial(int lost, List<Double> backS, int beatsMax, int wrong) {}

  private static final int INSTANCES = 10;
  private static final int DTUS = 240;
  private static final long BEAT = TimeUnit.SECONDS.toNanos(1);
  private static final long CUT = ms(10_000);
  private static final long WATCHED_ON = ms(20_000);
  private static final long CLIENT_GIVES_UP = ms(10_000);

  private record Event(long at, long order, Runnable does) {}

  private final Loss loss;
  private final Random random;
  private final long heal;
  private final long postFailsAfter;
  private final boolean beatsAreHeard;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Directory directory =
      new Directory(
          List.of(),
          route -> CompletableFuture.completedFuture(null),
          () -> TimeUnit.NANOSECONDS.toMillis(this.now));
  private final Doubts doubts = new Doubts(directory);
  private final List<Instance> instances = new ArrayList<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Set<String> missing = new HashSet<>();
  private final List<Double> backS = new ArrayList<>();
  private long now;
  private long order;
  private int lost;
  private int beatsMax;

  private LostRegistrations(Loss loss, long seed) {
    this.loss = loss;
    this.random = new Random(seed * 31 + loss.title.length());
    this.heal = CUT + ms(15_000 + random.nextInt(20_000));
    this.postFailsAfter = ms(List.of(2, 1_000, 2_000).get(random.nextInt(3)));
    this.beatsAreHeard = random.nextBoolean();
    for (int n = 0; n < INSTANCES; n++) {
      instances.add(new Instance("dac-" + n, random.nextInt(1_000)));
    }
  }

  /** Plays one trial. */
  static Trial play(Loss loss, long seed) {
    return new LostRegistrations(loss, seed).played();
  }

  private static long ms(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private Trial played() {
    for (int n = 0; n < DTUS; n++) {
      dials(n);
    }
    at(heal, this::takeStock);
    while (!events.isEmpty() && events.peek().at() < heal + WATCHED_ON) {
      Event event = events.poll();
      now = event.at();
      event.does().run();
    }
    int wrong = (int) owners.keySet().stream().filter(dtu -> !isOwned(dtu)).count();
    return new Trial(lost, backS, beatsMax, wrong);
  }

  /** One in ten goes on to another instance in the fault; the first never hears of it. */
  private void dials(int number) {
    String dtu = "dtu-" + number;
    Instance first = instances.get(random.nextInt(INSTANCES));
    long session = 1_000 + number * 10L;
    long dialAt = CUT + ms(200 + random.nextInt(10_000));
    at(dialAt, () -> first.dialled(dtu, session));
    if (number % 10 == 0) {
      Instance second = instances.get((first.number() + 1) % INSTANCES);
      at(dialAt + ms(1_000), () -> second.dialled(dtu, session + 1));
    }
  }

  private void takeStock() {
    owners.keySet().stream().filter(dtu -> !isOwned(dtu)).forEach(missing::add);
    lost = missing.size();
  }

  private boolean isOwned(String dtu) {
    return directory
        .find(dtu)
        .filter(shown -> shown.route().instance().equals(owners.get(dtu)))
        .isPresent();
  }

  private Directory.Outcome arrives(holter.agent.Registration sent, String way) {
    var fence = new Route.Fence(sent.sessionEpoch(), sent.incarnation().n(), sent.seq());
    var outcome =
        directory.apply(
            new Registration(sent.dtu(), sent.instance(), fence, sent.address(), sent.up(), 0),
            way);
    if (now >= heal && missing.contains(sent.dtu()) && isOwned(sent.dtu())) {
      missing.remove(sent.dtu());
      backS.add((now - heal) / 1e9);
      instances.stream()
          .filter(instance -> instance.who.instance().equals(owners.get(sent.dtu())))
          .forEach(instance -> beatsMax = Math.max(beatsMax, instance.beatsSinceHeal));
    }
    return outcome;
  }

  private boolean kafkaIsThere() {
    return now < CUT || (now >= heal && loss != Loss.HTTP_HEALS);
  }

  private boolean httpIsThere() {
    return now < CUT || (now >= heal && loss != Loss.KAFKA_HEALS);
  }

  private void at(long when, Runnable does) {
    events.add(new Event(Math.max(now, when), order++, does));
  }

  private long soon() {
    return ms(3 + random.nextInt(30));
  }

  /** One instance: its claims, its beats, and what its clients do. */
  private final class Instance implements ClaimOutlets {
    private final Identity who;
    private final ClaimBook book;
    private long beats;
    private int beatsSinceHeal;
    private long wakeAt = Long.MAX_VALUE;

    Instance(String name, long phaseMs) {
      this.who = new Identity(name, new Incarnation(7, "boot"), 1_000, "", "");
      this.book = new ClaimBook(who, AgentConfig.Registering.DEFAULT, true, this);
      at(ms(phaseMs), this::beat);
    }

    int number() {
      return instances.indexOf(this);
    }

    void dialled(String dtu, long session) {
      owners.put(dtu, who.instance());
      book.up(dtu, session, "h:1", now);
      turn();
    }

    /** As the registrar's thread does: what is due now, and a time to look again. */
    private void turn() {
      long next = book.due(now);
      if (next != Long.MAX_VALUE && (next < wakeAt || wakeAt <= now)) {
        wakeAt = next;
        at(next, this::turn);
      }
    }

    private void beat() {
      beats++;
      beatsSinceHeal += now >= heal ? 1 : 0;
      boolean heard = now < CUT || now >= heal || beatsAreHeard;
      if (heard) {
        var digest = new DtuDigest(book.digest().count(), book.digest().xor());
        var told = new Doubts.Told(who.instance(), who.incarnation().n(), beats, digest);
        long arrivesAt = now + soon();
        at(arrivesAt, () -> doubts.heard(told, this::asked));
      }
      at(now + BEAT, this::beat);
    }

    private boolean asked() {
      at(
          now + soon(),
          () -> {
            book.announceAll(now);
            turn();
          });
      return true;
    }

    private void back(long when, Runnable answer) {
      at(
          when,
          () -> {
            answer.run();
            turn();
          });
    }

    @Override
    public void send(holter.agent.Registration sent) {
      boolean vanishes = loss == Loss.ACKNOWLEDGED && now >= CUT && now < heal;
      if (vanishes) {
        back(now + soon(), () -> book.kafkaAcked(sent, now));
        return;
      }
      if (kafkaIsThere()) {
        delivered(sent, now + soon());
        return;
      }
      long reconnected = heal + ms(random.nextInt(1_400));
      if (loss != Loss.HTTP_HEALS && reconnected < now + CLIENT_GIVES_UP) {
        delivered(sent, reconnected);
      } else {
        back(now + CLIENT_GIVES_UP, () -> book.kafkaFailed(sent, now));
      }
    }

    private void delivered(holter.agent.Registration sent, long when) {
      at(when, () -> arrives(sent, "kafka"));
      back(when + soon(), () -> book.kafkaAcked(sent, now));
    }

    @Override
    public void post(holter.agent.Registration posted) {
      if (!httpIsThere()) {
        back(now + postFailsAfter, () -> book.httpFailed(posted, now));
        return;
      }
      back(
          now + soon(),
          () -> {
            if (arrives(posted, "http") instanceof Directory.Outcome.Stale stale) {
              book.httpStale(posted, stale.owner(), now);
            } else {
              book.httpApplied(posted, now);
            }
          });
    }

    @Override
    public void keep(holter.agent.Registration registration) {}

    @Override
    public void settle(String dtu) {}

    @Override
    public void lost(holter.agent.Registration registration, String owner) {}
  }
}
