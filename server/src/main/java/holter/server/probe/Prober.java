package holter.server.probe;

import holter.detect.ProbeOutcome;
import holter.detect.ProbeWords;
import holter.engine.Action;
import holter.engine.Input;
import holter.fleet.InstanceId;
import holter.words.Sentence;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Asks instances over HTTP, one question per instance at a time, within the budget. A silence
 * counts against an instance only with a witness: in the same window something else of its host
 * must have answered an HTTP request. A mere TCP connect is no such answer.
 */
public final class Prober implements AutoCloseable {
  private static final int AT_ONCE_MAX = 500;
  private static final double QUESTIONS_PER_SECOND_MIN = 50;
  private static final int WITNESSES_MAX = 3;
  private static final long WITNESS_MAX_MS = 2_000;

  /** What a prober must know of the fleet, as of now. */
  public interface Neighbours {
    /** URLs of what else runs on that host and answers HTTP, other than {@code except}. */
    List<String> on(String host, InstanceId except);

    /** How many instances there are. */
    int fleet();
  }

  private final AllowList allowed;
  private final Neighbours neighbours;
  private final Consumer<Input> out;
  private final LongSupplier nowMs;
  private final Questions questions;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore atOnce = new Semaphore(AT_ONCE_MAX);
  private final Set<InstanceId> asking = ConcurrentHashMap.newKeySet();
  private final Budget budget;

  /**
   * @param deadline of one question, connect included
   * @param out takes each {@link Input.Probed}
   * @param nowMs engine time
   */
  public Prober(
      AllowList allowed,
      Neighbours neighbours,
      Duration deadline,
      Consumer<Input> out,
      LongSupplier nowMs) {
    this.allowed = allowed;
    this.neighbours = neighbours;
    this.out = out;
    this.nowMs = nowMs;
    this.questions = new Questions(deadline);
    this.budget = new Budget(QUESTIONS_PER_SECOND_MIN, nowMs.getAsLong());
  }

  /** Asks, without blocking the caller; the outcome arrives as input, exactly one per call. */
  public void ask(Action.Probe probe) {
    long askedAtMs = nowMs.getAsLong();
    if (probe.answerAt().isEmpty()) {
      tell(probe, askedAtMs, new ProbeOutcome.NotAsked(Sentence.of(ProbeWords.NO_ADDRESS)));
    } else if (!asking.add(probe.instance())) {
      tell(probe, askedAtMs, new ProbeOutcome.NotAsked(Sentence.of(ProbeWords.ALREADY)));
    } else if (!spend(askedAtMs)) {
      asking.remove(probe.instance());
      tell(probe, askedAtMs, new ProbeOutcome.NotAsked(Sentence.of(ProbeWords.SPENT)));
    } else {
      threads.execute(() -> run(probe, askedAtMs));
    }
  }

  /** Asks once, outside of the budget, and waits: for the truth of a restart. */
  public ProbeOutcome once(Action.Probe probe) {
    try {
      return outcome(probe);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new ProbeOutcome.NotAsked(Sentence.of(ProbeWords.STOPPING));
    }
  }

  private synchronized boolean spend(long nowMs) {
    return budget.take(neighbours.fleet(), nowMs) && atOnce.tryAcquire();
  }

  private void run(Action.Probe probe, long askedAtMs) {
    ProbeOutcome outcome = new ProbeOutcome.NotAsked(Sentence.of(ProbeWords.STOPPING));
    try {
      outcome = outcome(probe);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      atOnce.release();
      asking.remove(probe.instance());
      tell(probe, askedAtMs, outcome);
    }
  }

  private ProbeOutcome outcome(Action.Probe probe) throws InterruptedException {
    URI url;
    try {
      url = allowed.target(probe.answerAt()).url("/answer");
    } catch (AllowList.NotAllowed refused) {
      return new ProbeOutcome.NotAsked(refused.why());
    }
    Future<Boolean> witness = threads.submit(() -> hostAnswers(probe));
    try {
      return switch (questions.ask(url)) {
        case Questions.Reply.Said said -> said.answer();
        case Questions.Reply.Refused ignored -> new ProbeOutcome.Refused();
        case Questions.Reply.Nonsense nonsense -> new ProbeOutcome.NotAsked(nonsense.why());
        case Questions.Reply.Silent silent ->
            new ProbeOutcome.TimedOut(silent.connected(), waited(witness));
      };
    } finally {
      witness.cancel(true);
    }
  }

  private static boolean waited(Future<Boolean> witness) throws InterruptedException {
    try {
      return witness.get(WITNESS_MAX_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException none) {
      return false;
    }
  }

  private boolean hostAnswers(Action.Probe probe) throws InterruptedException {
    if (probe.host().isEmpty()) {
      return false;
    }
    List<Future<Boolean>> asked = new ArrayList<>();
    for (String url :
        neighbours.on(probe.host(), probe.instance()).stream().limit(WITNESSES_MAX).toList()) {
      asked.add(threads.submit(() -> answers(url)));
    }
    boolean any = false;
    for (Future<Boolean> one : asked) {
      any = any || waited(one);
    }
    return any;
  }

  private boolean answers(String url) throws InterruptedException {
    try {
      String path = URI.create(url).getRawPath();
      return questions.answers(
          allowed.target(url).url(path == null || path.isEmpty() ? "/answer" : path));
    } catch (AllowList.NotAllowed | IllegalArgumentException notAsked) {
      return false;
    }
  }

  private void tell(Action.Probe probe, long askedAtMs, ProbeOutcome outcome) {
    out.accept(new Input.Probed(probe.instance(), askedAtMs, outcome));
  }

  @Override
  public void close() {
    threads.shutdownNow();
    questions.close();
  }
}
