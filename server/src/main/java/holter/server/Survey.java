package holter.server;

import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.text.Unanswered;
import holter.words.Sentence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Asks many witnesses at once and takes what came in by the deadline. A witness that hangs, fails
 * or throws delays nobody: it becomes a {@link Fact.Unasked}. What it said before its time ran out
 * is kept. Threads are virtual and are interrupted at their deadline; safe to use from several
 * threads.
 */
public final class Survey {
  /** More observations than this of one witness are cut; the rest is told as one. */
  static final int OBSERVATIONS_MAX = 2000;

  private final LongSupplier clockMs;

  /**
   * @param clockMs engine time
   */
  public Survey(LongSupplier clockMs) {
    this.clockMs = clockMs;
  }

  /**
   * One to be asked.
   *
   * @param what what the user knows it by: {@code logs}, {@code zookeeper}, {@code host iota-n2}
   * @param source the kind of witness
   * @param deadline how long it may take
   * @param ask how it is asked
   */
  public record Witness(Sentence what, Source source, Duration deadline, Ask ask) {
    String name() {
      return what.english();
    }
  }

  /** How one witness is asked. */
  @FunctionalInterface
  public interface Ask {
    /**
     * Tells what it sees, one observation at a time or many; may block and may be interrupted.
     *
     * @throws Exception whose message says in the user's words why it cannot be asked
     */
    void tell(Hearing hearing) throws Exception;
  }

  /** Takes what a witness says; safe to call from any thread. */
  @FunctionalInterface
  public interface Hearing {
    void heard(Observation observation);

    /** Takes many. */
    default void heard(List<Observation> observations) {
      observations.forEach(this::heard);
    }
  }

  /**
   * Asks all at once.
   *
   * @return what they said, in the order of the witnesses; takes as long as the longest deadline at
   *     most
   */
  public List<Observation> ask(List<Witness> witnesses) {
    List<Answer> answers = new ArrayList<>();
    for (Witness witness : witnesses) {
      answers.add(new Answer(witness, clockMs));
    }
    long startedNs = System.nanoTime();
    answers.forEach(Answer::start);
    List<Observation> all = new ArrayList<>();
    for (Answer answer : answers) {
      answer.await(startedNs);
    }
    answers.forEach(answer -> all.addAll(answer.close()));
    return List.copyOf(all);
  }

  /** One witness while it is asked. */
  private static final class Answer implements Hearing {
    private final Witness witness;
    private final LongSupplier clockMs;
    private final CountDownLatch done = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<Observation> heard = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;

    Answer(Witness witness, LongSupplier clockMs) {
      this.witness = witness;
      this.clockMs = clockMs;
      thread = Thread.ofVirtual().name("ask " + witness.name()).unstarted(this::run);
    }

    void start() {
      thread.start();
    }

    private void run() {
      try {
        witness.ask().tell(this);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception | LinkageError e) { // a library that is not there is no answer either
        heard(unasked(Unanswered.reason(e)));
      } finally {
        done.countDown();
      }
    }

    @Override
    public void heard(Observation observation) {
      if (!closed && count.incrementAndGet() <= OBSERVATIONS_MAX) {
        heard.add(observation);
      }
    }

    void await(long startedNs) {
      long leftNs = witness.deadline().toNanos() - (System.nanoTime() - startedNs);
      try {
        if (done.await(Math.max(leftNs, 0), TimeUnit.NANOSECONDS)) return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      heard(unasked(Sentence.of(UnaskedWords.NO_ANSWER, witness.deadline().toMillis())));
      closed = true;
      thread.interrupt();
    }

    List<Observation> close() {
      closed = true;
      int cut = count.get() - OBSERVATIONS_MAX;
      if (cut > 0) heard.add(unasked(Sentence.of(UnaskedWords.CUT, cut)));
      return List.copyOf(heard);
    }

    private Observation unasked(Sentence why) {
      return new Observation(
          witness.source(),
          witness.name(),
          clockMs.getAsLong(),
          new Fact.Unasked(witness.what(), why));
    }
  }
}
