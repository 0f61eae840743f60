package holter.server;

import holter.server.directory.Directory;
import holter.server.directory.RegistrationReader;
import holter.server.kafka.ReadRecord;
import holter.server.kafka.RecordSink;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** The Registry topic's records, into the directory. Garbled ones are counted, never fatal. */
final class Registrations implements RecordSink {
  private final Directory directory;
  private final RegistrationReader reader = new RegistrationReader();
  private final AtomicLong applied = new AtomicLong();
  private final AtomicLong garbled = new AtomicLong();

  Registrations(Directory directory) {
    this.directory = directory;
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

  long garbledTotal() {
    return garbled.get();
  }
}
