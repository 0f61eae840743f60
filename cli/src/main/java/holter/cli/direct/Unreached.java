package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.UnaskedWords;
import holter.server.kafka.Greeting;
import holter.server.kafka.KafkaSettings;
import holter.words.Phrase;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Why nobody told the cluster's map, in one line: a wrong address, missing security, or silence.
 */
final class Unreached {
  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static final int ADDRESSES_MAX = 3;
  private static final String OTHERS = "other brokers in --bootstrap-server";

  private static final Set<Phrase> DENIALS = Set.of(UnaskedWords.REJECTED, UnaskedWords.UNTRUSTED);

  private final KafkaSettings kafka;
  private final List<Fact.Unasked> silent;
  private final Set<String> why = new LinkedHashSet<>();
  private String hint = OTHERS;

  private Unreached(KafkaSettings kafka, List<Fact.Unasked> silent) {
    this.kafka = kafka;
    this.silent = silent;
  }

  /**
   * What to tell. It knocks at the first addresses to find out who is there.
   *
   * @param said what was observed when everybody was asked
   */
  static Refusal refusal(KafkaSettings kafka, List<Observation> said) {
    List<Fact.Unasked> silent =
        said.stream()
            .map(Observation::fact)
            .filter(Fact.Unasked.class::isInstance)
            .map(Fact.Unasked.class::cast)
            .toList();
    return new Unreached(kafka, silent).refusal();
  }

  private Refusal refusal() {
    String asked = String.join(",", kafka.bootstrapServers());
    List<String> denials =
        silent.stream()
            .filter(s -> DENIALS.contains(s.why().phrase()))
            .map(s -> s.subject().english() + ": " + s.why().english())
            .distinct()
            .toList();
    if (!denials.isEmpty()) {
      return new Refusal(
          Exit.DENIED,
          "no access to the cluster at " + asked,
          String.join(", ", denials),
          "--command-config FILE with other credentials or another trust store");
    }
    kafka.bootstrapServers().stream()
        .limit(ADDRESSES_MAX)
        .forEach(address -> tell(address, Greeting.of(address, DEADLINE)));
    return Refusal.cannotTell(
        "no broker of " + asked + " tells the cluster's map", String.join(", ", why), hint);
  }

  private void tell(String address, Greeting greeting) {
    switch (greeting) {
      case TLS -> {
        if (kafka.encrypted()) {
          silence(address);
        } else {
          why.add(address + " speaks TLS");
          hint = "--command-config FILE with security.protocol=SSL or SASL_SSL";
        }
      }
      case KAFKA -> {
        if (kafka.encrypted()) {
          why.add(address + " speaks no TLS");
          hint = "--command-config FILE with security.protocol=PLAINTEXT or SASL_PLAINTEXT";
        } else if (kafka.loggingIn()) {
          silence(address);
        } else {
          why.add(address + " is a broker that tells nothing: it wants a login, or it is sick");
          hint = "--command-config FILE with security.protocol=SASL_PLAINTEXT, or " + OTHERS;
        }
      }
      case HTTP -> {
        why.add(address + " is an HTTP server, no Kafka broker");
        hint = "--bootstrap-server with the port of a broker, often 9092";
      }
      case OTHER -> {
        why.add(address + " answers what no Kafka broker answers");
        hint = "--bootstrap-server with the port of a broker, often 9092";
      }
      case CLOSED -> {
        why.add(address + " takes the connection and closes it");
        hint = OTHERS + ", or --command-config FILE if they want SASL or TLS";
      }
      case SILENT -> {
        silence(address);
        hint = OTHERS + ", or --command-config FILE if they want SASL or TLS";
      }
      case REFUSED -> why.add(address + " refused the connection");
      case DARK -> why.add(address + " does not answer a connect");
      case UNRESOLVED -> why.add(address + ": the name does not resolve");
    }
  }

  /** What was observed of the address before; it may be known by its broker's id by now. */
  private void silence(String address) {
    why.add(
        silent.stream()
            .filter(s -> s.subject().english().endsWith(address))
            .map(s -> address + ": " + s.why().english())
            .findFirst()
            .orElse(address + ": no answer"));
  }
}
