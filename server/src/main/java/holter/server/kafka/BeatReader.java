package holter.server.kafka;

import holter.engine.Input;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads the heartbeat topic: every record becomes {@link Input.Heard} or {@link Input.Garbled}, and
 * every partition proved read becomes {@link Input.ReadThrough}, after the beats it covers.
 */
public final class BeatReader implements AutoCloseable {
  /** Beats of the last seconds tell at once who lives; older ones would revive the dead. */
  private static final TopicReader.LookBack LOOK_BACK = new TopicReader.LookBack(200, 5000);

  private final TopicReader reader;

  /**
   * @param out takes the inputs, from several threads; while it blocks, one leader's beats wait
   * @param wallMs our wall clock, in milliseconds
   */
  public BeatReader(
      MapReader maps, String topic, BeatMapping mapping, Consumer<Input> out, LongSupplier wallMs) {
    this.reader = new TopicReader(maps, topic, LOOK_BACK, new BeatSink(mapping, out), wallMs);
  }

  /** Starts reading; call once. */
  public void start() {
    reader.start();
  }

  @Override
  public void close() {
    reader.close();
  }
}
