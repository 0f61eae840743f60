package holter.cli.plans;

import holter.channel.PathState;
import holter.channel.Sickness;
import holter.engine.View;
import holter.remedy.Act;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.remedy.Relief;
import holter.remedy.Sight;
import holter.remedy.Step;
import holter.server.http.ApiServer;
import holter.server.http.Feed;
import holter.server.http.Metrics;
import holter.server.port.Hand;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.Promises;
import holter.server.remedy.RemedyDesk;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** The real API and the real desk over a folder of plans; what acts moves nothing but a note. */
public final class PlansTwin implements AutoCloseable {
  /** Each look at the clock: whoever watches long need not wait long. */
  private static final long TICK_MS = 5_000;

  /** Bytes per second of the network on which every plan makes room. */
  private static final double PROMISED = 690_000;

  private static final List<Integer> BEFORE = List.of(1001, 1002);

  private static final List<Integer> AFTER = List.of(1002, 1001);

  private final PlanFolder folder;
  private final RemedyDesk desk;
  private final ApiServer api;
  private final AtomicLong clock = new AtomicLong();
  private final Semaphore opening = new Semaphore(1_000);
  private final Semaphore acting = new Semaphore(1_000);
  private final Set<String> done = new HashSet<>();

  private volatile boolean leads = true;
  private volatile boolean well = true;
  private volatile boolean tells = true;

  public PlansTwin(Path dir) {
    folder = new PlanFolder(dir);
    desk =
        new RemedyDesk(
            folder,
            this::open,
            new RemedyDesk.Around(
                this::view, () -> leads, () -> clock.addAndGet(TICK_MS), Duration.ofSeconds(3)));
    var asked = new PlansDesk(this::view, desk);
    api =
        ApiServer.start("127.0.0.1:0", asked, new Feed(1), new Metrics(this::view, asked.about()));
  }

  private View view() {
    PathState path = well ? new PathState.Healthy(1) : new PathState.Sick(Sickness.HANG, 1, 1001);
    return new View(
        1,
        leads,
        false,
        List.of(),
        List.of(new View.Partition(4, 1001, "iota-n2", path, 1, 1, 1)),
        null,
        List.of(),
        new View.Counters(0, 0, 0, 0, 0));
  }

  private RemedyDesk.Tools open(Plan ignored) throws InterruptedException {
    opening.acquire();
    return new RemedyDesk.Tools() {
      @Override
      public Hand hand() {
        return new Notes();
      }

      @Override
      public Promises.Measures measures(Instant since) {
        return new Promises.Measures(
            _ -> tells ? PROMISED : Double.NaN,
            _ -> Optional.empty(),
            () -> Set::of,
            () -> clock.addAndGet(TICK_MS),
            Duration.ofMillis(10));
      }

      @Override
      public void close() {}
    };
  }

  /** Does what it is told, as soon as it is let. */
  private final class Notes implements Hand {
    @Override
    public Map<Act, Looked> look(List<Act> acts) {
      var all = new LinkedHashMap<Act, Looked>();
      synchronized (done) {
        acts.forEach(act -> all.put(act, new Looked(sight(act), "")));
      }
      return all;
    }

    @Override
    public Map<Act, Looked> act(List<Act> acts, Duration deadline) {
      acting.acquireUninterruptibly();
      synchronized (done) {
        for (Act act : acts) {
          act.inverse().map(Act::canonical).ifPresent(done::remove);
          done.add(act.canonical());
        }
      }
      return look(acts);
    }

    private Sight sight(Act act) {
      return done.contains(act.canonical()) ? Sight.AFTER : Sight.BEFORE;
    }
  }

  /** A plan that moves the leader of partition 4, made now. */
  public Plan save(String id) throws IOException {
    return save(id, System.currentTimeMillis(), leader());
  }

  /** A plan of these acts. */
  public Plan save(String id, long madeAtMs, Act... acts) throws IOException {
    var steps = new ArrayList<Step>();
    for (Act act : acts) {
      Sentence why = Sentence.of(PlanWords.LEADS_WHILE_SICK, 1001, 1002);
      Sentence effect = Sentence.of(PlanWords.WILL_LEAD, 1002, "iota-m2", act.target());
      steps.add(new Step(steps.size() + 1, act, why, effect, 10_000));
    }
    var made =
        new Plan(
            id,
            "iota-n2:6667",
            "HeartBeat",
            Set.of(1001),
            steps,
            List.of(Sentence.of(PlanWords.COST_ACKS_1)),
            List.of(Sentence.of(PlanWords.NO_LEADER, "other-0")),
            List.of(new Relief("iota-n2", 1e6, 100, 69)),
            madeAtMs,
            madeAtMs + Plan.VALID_MS);
    folder.save(made);
    return made;
  }

  public static Act leader() {
    return new Act.MoveLeader("HeartBeat", 4, BEFORE, AFTER);
  }

  public static Act eviction() {
    return new KubeAct.Evict("prod", "spark-1", "u1", "prod/spark", "iota-n2", "iota-m2");
  }

  /** Another replica leads now. */
  public void follow() {
    leads = false;
  }

  /** The path of partition 4 is sick from now on. */
  public void sicken() {
    well = false;
  }

  /** Whether it is told how full networks are, from now on. */
  public void tells(boolean now) {
    tells = now;
  }

  /** Nothing is moved until {@link #let}. */
  public void holdActs() {
    acting.drainPermits();
  }

  /** Nothing is begun until {@link #let}: somebody else has the lease. */
  public void holdBegin() {
    opening.drainPermits();
  }

  public void let() {
    acting.release(1_000);
    opening.release(1_000);
  }

  /** Whether a plan is carried out now. */
  public boolean running(String id) throws IOException {
    return desk.find(id).orElseThrow().running();
  }

  public PlanFolder folder() {
    return folder;
  }

  public String url() {
    return api.url();
  }

  /** Nobody listens any more. */
  public void hangUp() {
    api.close();
  }

  @Override
  public void close() {
    let();
    api.close();
    desk.close();
  }
}
