package holter.server.http;

import holter.engine.View;
import holter.remedy.Act;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.remedy.Sight;
import holter.remedy.Step;
import holter.server.port.Hand;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.Promises;
import holter.server.remedy.RemedyDesk;
import holter.words.Sentence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A folder of plans with one in it, and leaders that can be moved by it. */
final class SampleRemedies implements AutoCloseable {
  /** Each look at the clock: whoever watches long need not wait long. */
  private static final long TICK_MS = 1_000;

  private final Path folder;
  private final Plan plan;
  private final RemedyDesk desk;
  private final Leaders leaders = new Leaders();
  private final AtomicLong clock = new AtomicLong();

  volatile boolean leads = true;
  volatile String absent = "";

  SampleRemedies(Supplier<View> view) {
    try {
      folder = Files.createTempDirectory("holter-plans");
      plan = save("p1sample", 4, System.currentTimeMillis());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    desk =
        new RemedyDesk(
            plans(),
            this::open,
            new RemedyDesk.Around(
                view, () -> leads, () -> clock.addAndGet(TICK_MS), Duration.ofSeconds(3)));
  }

  /** Moves what it is told to, as soon as it is let. */
  private static final class Leaders implements Hand {
    private final Semaphore allowed = new Semaphore(1_000);
    private final Set<List<Integer>> orders = new HashSet<>(Set.of(List.of(1001, 1002)));

    @Override
    public synchronized Map<Act, Looked> look(List<Act> acts) {
      var all = new LinkedHashMap<Act, Looked>();
      for (Act act : acts) {
        boolean done = orders.contains(((Act.MoveLeader) act).to());
        all.put(act, new Looked(done ? Sight.AFTER : Sight.BEFORE, ""));
      }
      return all;
    }

    @Override
    public Map<Act, Looked> act(List<Act> acts, Duration deadline) {
      allowed.acquireUninterruptibly();
      synchronized (this) {
        orders.clear();
        acts.forEach(act -> orders.add(((Act.MoveLeader) act).to()));
      }
      return look(acts);
    }
  }

  private RemedyDesk.Tools open(Plan ignored) throws RemedyDesk.Refused {
    if (!absent.isEmpty()) {
      throw new RemedyDesk.Refused(absent);
    }
    return new RemedyDesk.Tools() {
      @Override
      public Hand hand() {
        return leaders;
      }

      @Override
      public Promises.Measures measures(Instant since) {
        return new Promises.Measures(
            _ -> Double.NaN, _ -> Optional.empty(), () -> Set::of, () -> 0);
      }

      @Override
      public void close() {}
    };
  }

  /** A plan that moves the leader of a partition. */
  Plan save(String id, int partition, long madeAtMs) throws IOException {
    var act = new Act.MoveLeader("HeartBeat", partition, List.of(1001, 1002), List.of(1002, 1001));
    var step =
        new Step(
            1,
            act,
            Sentence.of(PlanWords.LEADS_WHILE_SICK, 1001, 1002),
            Sentence.of(PlanWords.WILL_LEAD, 1002, "iota-m2", act.target()),
            10_000);
    var made =
        new Plan(
            id,
            "iota-n2:6667",
            "HeartBeat",
            Set.of(1001),
            List.of(step),
            List.of(Sentence.of(PlanWords.COST_ACKS_1)),
            List.of(Sentence.of(PlanWords.NO_LEADER, "other-0")),
            List.of(),
            madeAtMs,
            madeAtMs + Plan.VALID_MS);
    plans().save(made);
    return made;
  }

  PlanFolder plans() {
    return new PlanFolder(folder);
  }

  Path folder() {
    return folder;
  }

  Plan plan() {
    return plan;
  }

  RemedyDesk desk() {
    return desk;
  }

  /** Nothing is moved until {@link #let}. */
  void hold() {
    leaders.allowed.drainPermits();
  }

  void let() {
    leaders.allowed.release(1_000);
  }

  @Override
  public void close() {
    let();
    desk.close();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
