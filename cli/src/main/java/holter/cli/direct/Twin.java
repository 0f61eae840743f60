package holter.cli.direct;

import holter.channel.TwinName;
import holter.cli.Terminal;
import holter.server.kafka.TwinState;
import holter.server.kafka.TwinTopic;
import java.time.Duration;
import java.util.Map;

/** Holter's own topic beside the user's, made because the user asked for writing. */
final class Twin {
  /** How long its making may take. */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  private Twin() {}

  /** Makes it where it is missing, and says in one line where lanes can only fetch. */
  static void ensure(Cluster cluster, Terminal terminal, Duration deadline) {
    TwinTopic twin = new TwinTopic(cluster.kafka(), TwinName.of(cluster.topic()));
    TwinState state = twin.ensure(cluster.map(), cluster.twin(), Map.of(), deadline);
    if (!state.why().isEmpty()) terminal.progress("note: " + state.why());
    cluster.maps().refreshSoon();
  }
}
