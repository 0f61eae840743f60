package holter.agent;

import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.protocol.Errors;

/** Names of failed sends on the wire. */
final class SendError {
  private SendError() {}

  /**
   * The name: {@code TIMEOUT} (no answer in time), {@code NETWORK} (the connection went away),
   * {@code NOT_LEADER}, {@code BUFFER_FULL}, {@code METADATA}, else the protocol's own.
   */
  static String of(Throwable error) {
    if (error instanceof BufferExhaustedException) {
      return "BUFFER_FULL";
    }
    if (error instanceof TimeoutException) {
      String message = error.getMessage();
      return message != null && message.contains("metadata") ? "METADATA" : "TIMEOUT";
    }
    if (error instanceof NetworkException || error instanceof DisconnectException) {
      return "NETWORK";
    }
    Errors known = Errors.forException(error);
    if (known == Errors.NOT_LEADER_OR_FOLLOWER) {
      return "NOT_LEADER";
    }
    if (known == Errors.UNKNOWN_SERVER_ERROR && error instanceof InvalidMetadataException) {
      return "METADATA";
    }
    return known == Errors.UNKNOWN_SERVER_ERROR ? error.getClass().getSimpleName() : known.name();
  }
}
