package holter.lab.net;

import java.time.Duration;

/** What the network does between one pair of hosts, for all services and whoever dialled. */
public sealed interface LinkMode {
  /** Nothing wrong. */
  LinkMode PASS = new Pass();

  /** Nothing wrong. */
  record Pass() implements LinkMode {}

  /** Each packet arrives {@code oneWay} later, in both directions. */
  record Delay(Duration oneWay) implements LinkMode {}

  /**
   * No more than {@code bytesPerSecond} in each direction, all connections of the pair together.
   */
  record Rate(long bytesPerSecond) implements LinkMode {
    public Rate {
      if (bytesPerSecond <= 0) {
        throw new IllegalArgumentException("a link's rate is positive");
      }
    }
  }

  /** Connections are accepted, but no byte is taken from either side. */
  record StopReading() implements LinkMode {}

  /** What host {@code from} sends is lost until the mode ends; the other way passes. */
  record DropFrom(String from) implements LinkMode {}

  /** Connections are reset (RST), new ones right after they were accepted. */
  record Reset() implements LinkMode {}

  /** New connections are accepted and closed (FIN); those that stand stay. */
  record CloseOnAccept() implements LinkMode {}

  /** A connection that was silent for {@code after} passes nothing any more, and nobody is told. */
  record IdleCut(Duration after) implements LinkMode {}

  /** Connects are refused, connections reset: as if nobody listened on any port. */
  record Refused() implements LinkMode {}

  /** Connects time out, connections pass nothing: as if the other host had lost its power. */
  record Dark() implements LinkMode {}
}
