package holter.lab.run;

import holter.lab.net.LinkMode;
import holter.lab.scenario.Fault;
import java.time.Duration;

/** What a written fault of a link is to the emulated network. */
public final class LinkFaults {
  private static final Duration IDLE_CUT_AFTER = Duration.ofSeconds(2);
  private static final Duration DEFAULT_DELAY = Duration.ofMillis(500);
  private static final long DEFAULT_RATE_BYTES_PER_S = 16_000;

  private LinkFaults() {}

  /** The mode of the link while the fault lasts. */
  public static LinkMode mode(Fault.Link fault) {
    return switch (fault.mode()) {
      case DELAY -> new LinkMode.Delay(fault.delay() == null ? DEFAULT_DELAY : fault.delay());
      case RATE ->
          new LinkMode.Rate(
              fault.rate() == null ? DEFAULT_RATE_BYTES_PER_S : fault.rate().bytesPerS());
      case STOP_READING -> new LinkMode.StopReading();
      case DROP_UP -> new LinkMode.DropFrom(fault.from());
      case DROP_DOWN -> new LinkMode.DropFrom(fault.to());
      case RESET -> new LinkMode.Reset();
      case CLOSE_ON_ACCEPT -> new LinkMode.CloseOnAccept();
      case IDLE_CUT -> new LinkMode.IdleCut(fault.delay() == null ? IDLE_CUT_AFTER : fault.delay());
      case REFUSED -> new LinkMode.Refused();
      case DARK -> new LinkMode.Dark();
    };
  }
}
