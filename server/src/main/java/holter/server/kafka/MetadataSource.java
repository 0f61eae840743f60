package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.MetadataResponse;
import org.jspecify.annotations.Nullable;

/**
 * One broker, asked for metadata. Asks one question at a time. Whoever asks while an answer is
 * outstanding either waits for its turn, within its deadline, because that we ask ourselves too
 * often is no silence of the broker's; or, when it asks again soon anyway, is told at once that
 * there is none, so that nobody queues up before a broker that hangs.
 */
final class MetadataSource implements AutoCloseable {
  /** A connection's own timeout; the deadline of a question is normally shorter. */
  private static final int REQUEST_TIMEOUT_MS = 3000;

  private final KafkaSettings settings;
  private final BrokerNode broker;
  private final LongSupplier clockMs;
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable BrokerLink link;
  private volatile boolean closed;
  private volatile BrokerLink.Trouble trouble = BrokerLink.Trouble.NONE;

  MetadataSource(KafkaSettings settings, BrokerNode broker, LongSupplier clockMs) {
    this.settings = settings;
    this.broker = broker;
    this.clockMs = clockMs;
  }

  int id() {
    return broker.id();
  }

  /** The broker's id, or its address while only that is known. */
  String name() {
    return broker.id() >= 0 ? Integer.toString(broker.id()) : broker.address();
  }

  /**
   * Makes the client before a deadline runs: its classes must not be loaded at a broker's expense.
   */
  void prepare() {
    if (asking.tryLock()) {
      try {
        if (!closed) {
          open();
        }
      } finally {
        asking.unlock();
      }
    }
  }

  /**
   * Blocks for at most the deadline.
   *
   * @param turn how long its turn is waited for, at most the deadline; zero: not at all
   */
  Optional<MetadataAnswer> ask(Set<String> topics, Duration deadline, Duration turn)
      throws InterruptedException {
    long endMs = clockMs.getAsLong() + deadline.toMillis();
    if (!asking.tryLock(turn.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.empty();
    }
    try {
      if (closed) {
        return Optional.empty();
      }
      BrokerLink open = open();
      long askedAtMs = clockMs.getAsLong();
      if (!open.awaitReady(BrokerLink.Line.ASK, Math.max(1, endMs - askedAtMs))) {
        trouble = open.trouble(BrokerLink.Line.ASK);
        return Optional.empty();
      }
      trouble = BrokerLink.Trouble.NONE;
      int version = open.version(BrokerLink.Line.ASK, ApiKeys.METADATA);
      long leftMs = Math.max(1, endMs - clockMs.getAsLong());
      AbstractResponse answer = open.ask(Calls.metadata(topics, version), leftMs);
      return answer instanceof MetadataResponse metadata
          ? Optional.of(MetadataAnswer.of(broker.address(), metadata, topics, askedAtMs))
          : Optional.empty();
    } finally {
      closeIfAsked();
      asking.unlock();
    }
  }

  /** Whether the last asking ended in a no, which waiting does not change. */
  boolean refused() {
    return trouble != BrokerLink.Trouble.NONE && trouble != BrokerLink.Trouble.SILENT;
  }

  /** That there was no answer, and why. */
  Fact.Unasked unasked(Duration deadline) {
    var why = silence(deadline);
    return new Fact.Unasked(Sentence.of(UnaskedWords.BROKER, name()), why);
  }

  private Sentence silence(Duration deadline) {
    return switch (trouble) {
      case REFUSED -> Sentence.of(UnaskedWords.REFUSED);
      case UNRESOLVED -> Sentence.of(UnaskedWords.UNRESOLVED, broker.host());
      case REJECTED -> Sentence.of(UnaskedWords.REJECTED);
      case UNTRUSTED -> Sentence.of(UnaskedWords.UNTRUSTED);
      case NONE, SILENT -> Sentence.of(UnaskedWords.NO_ANSWER, deadline.toMillis());
    };
  }

  @Override
  public void close() {
    closed = true;
    if (asking.tryLock()) {
      try {
        closeIfAsked();
      } finally {
        asking.unlock();
      }
    }
  }

  private BrokerLink open() {
    BrokerLink open = link;
    if (open == null) {
      open = new BrokerLink(settings, broker, "map", REQUEST_TIMEOUT_MS);
      link = open;
    }
    return open;
  }

  private void closeIfAsked() {
    BrokerLink open = link;
    if (closed && open != null) {
      link = null;
      open.close();
    }
  }
}
