package holter.server.kafka;

import holter.engine.Input;
import java.util.function.Consumer;

/** Turns the records of the heartbeat topic into inputs, in the order they are read. */
public final class BeatSink implements RecordSink {
  private final BeatMapping mapping;
  private final Consumer<Input> out;

  /**
   * @param out takes the inputs, from several threads; while it blocks, one leader's beats wait
   */
  public BeatSink(BeatMapping mapping, Consumer<Input> out) {
    this.mapping = mapping;
    this.out = out;
  }

  @Override
  public void record(ReadRecord read) {
    out.accept(mapping.map(read));
  }

  @Override
  public void garbled(int partition, long offset, String why) {
    out.accept(new Input.Garbled(partition, offset, why));
  }

  @Override
  public void readThrough(int partition, long throughMs) {
    out.accept(new Input.ReadThrough(partition, throughMs));
  }
}
