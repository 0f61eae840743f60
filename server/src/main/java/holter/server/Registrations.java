package holter.server;

import holter.fleet.Beat;
import holter.server.directory.Directory;
import holter.server.directory.Doubts;
import holter.server.directory.DtuDigest;
import holter.server.directory.RegistrationReader;
import holter.server.kafka.HeldDtus;
import holter.server.kafka.ReadRecord;
import holter.server.kafka.RecordSink;
import holter.server.probe.Announcer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The Registry topic's records, into the directory. Garbled ones are counted, never fatal. What
 * beats tell of registrations is held against it, and who disagrees is asked to announce again.
 */
final class Registrations implements RecordSink, HeldDtus {
  private final Directory directory;
  private final Doubts doubts;
  private final BooleanSupplier leads;
  private final Announcer announcer;
  private final RegistrationReader reader = new RegistrationReader();
  private final AtomicLong applied = new AtomicLong();
  private final AtomicLong garbled = new AtomicLong();

  /**
   * @param leads who stands by asks nobody
   */
  Registrations(Directory directory, BooleanSupplier leads, Announcer announcer) {
    this.directory = directory;
    this.doubts = new Doubts(directory);
    this.leads = leads;
    this.announcer = announcer;
  }

  @Override
  public void told(Beat beat, int count, int digest) {
    if (!beat.planned() && leads.getAsBoolean()) {
      String instance = beat.from().id().value();
      var told =
          new Doubts.Told(
              instance,
              beat.from().incarnation().counter(),
              beat.seq(),
              new DtuDigest(count, digest));
      Runnable unheard = () -> doubts.unasked(instance);
      doubts.heard(told, () -> announcer.ask(instance, beat.answerAt(), unheard));
    }
  }

  @Override
  public void record(ReadRecord read) {
    ByteBuffer value = read.value();
    if (value == null) {
      garbled.incrementAndGet();
      return;
    }
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    try {
      if (directory.apply(reader.read(bytes), "kafka") instanceof Directory.Outcome.Applied) {
        applied.incrementAndGet();
      }
    } catch (RegistrationReader.Garbled unreadable) {
      garbled.incrementAndGet();
    }
  }

  @Override
  public void garbled(int partition, long offset, String why) {
    garbled.incrementAndGet();
  }

  @Override
  public void readThrough(int partition, long throughMs) {
    // A registration stands by its own fence; nothing is concluded from its absence.
  }

  long appliedTotal() {
    return applied.get();
  }

  long askedTotal() {
    return announcer.askedTotal();
  }

  long garbledTotal() {
    return garbled.get();
  }
}
