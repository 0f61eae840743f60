package holter.server;

import holter.channel.BrokerNode;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.Survey.Witness;
import holter.server.host.HostsOverSsh;
import holter.server.jmx.JmxRound;
import holter.server.kafka.Vantage;
import holter.server.kube.KubeLook;
import holter.server.text.Unanswered;
import holter.words.Sentence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The witnesses of further places: hosts by ssh, brokers by JMX, Kubernetes, another vantage. */
final class PlaceWitnesses {
  private final Places places;
  private final Duration deadline;

  /**
   * @param deadline of each place
   */
  PlaceWitnesses(Places places, Duration deadline) {
    this.places = places;
    this.deadline = deadline;
  }

  /**
   * All of them.
   *
   * @param sinceMs engine time from which a host's kernel is asked for what it killed
   */
  List<Witness> around(List<BrokerNode> brokers, long sinceMs) {
    List<Witness> all = new ArrayList<>();
    HostsOverSsh hosts = places.hosts();
    if (hosts != null) {
      all.add(
          witness(
              Sentence.of(UnaskedWords.HOSTS),
              Source.HOST_METRICS,
              hearing -> {
                some(brokers);
                hearing.heard(hosts.observe(brokers, sinceMs, deadline));
              }));
    }
    all.add(jmx(brokers));
    all.add(kubernetes(brokers, sinceMs));
    if (places.vantages().isEmpty()) {
      all.add(
          witness(
              Sentence.of(UnaskedWords.VANTAGE),
              Source.OTHER_VANTAGE,
              _ -> {
                throw new Unanswered(UnaskedWords.NOT_CONFIGURED);
              }));
    }
    places.vantages().forEach(vantage -> all.add(vantage(vantage, brokers)));
    return all;
  }

  private Witness jmx(List<BrokerNode> brokers) {
    JmxRound jmx = places.jmx();
    return witness(
        Sentence.of(UnaskedWords.JMX),
        Source.JMX,
        hearing -> {
          if (jmx == null) throw new Unanswered(UnaskedWords.NOT_CONFIGURED);
          some(brokers);
          hearing.heard(jmx.observe(brokers, deadline));
        });
  }

  private Witness kubernetes(List<BrokerNode> brokers, long sinceMs) {
    KubeLook kube = places.kube();
    return witness(
        Sentence.of(UnaskedWords.KUBERNETES),
        Source.KUBERNETES,
        hearing -> {
          if (kube == null) throw new Unanswered(UnaskedWords.NOT_CONFIGURED);
          kube.look(brokers.stream().map(BrokerNode::host).toList(), sinceMs, hearing::heard);
        });
  }

  private Witness vantage(Vantage vantage, List<BrokerNode> brokers) {
    return witness(
        Sentence.of(UnaskedWords.VANTAGE_AT, vantage.name()),
        Source.OTHER_VANTAGE,
        hearing -> {
          some(brokers);
          hearing.heard(vantage.observe(brokers, deadline));
        });
  }

  private static void some(List<BrokerNode> brokers) throws Unanswered {
    if (brokers.isEmpty()) throw new Unanswered(UnaskedWords.NO_BROKER);
  }

  /** A place keeps its own deadline; this one only catches a place that does not. */
  private Witness witness(Sentence what, Source source, Survey.Ask ask) {
    return new Witness(what, source, deadline.plusMillis(1000), ask);
  }
}
