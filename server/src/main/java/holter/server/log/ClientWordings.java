package holter.server.log;

import static holter.server.log.Wording.Origin.BROKER;
import static holter.server.log.Wording.Origin.CLIENT;
import static holter.server.log.Wording.Origin.EITHER;
import static holter.server.log.Wording.row;

import holter.diagnose.LogSign;
import java.util.List;

/** What logs of producers and of any client's connections say; Connect and Streams log the same. */
final class ClientWordings {
  private static final String SENDER = "o.a.k.clients.producer.internals.Sender";
  private static final String NETWORK = "o.a.k.clients.NetworkClient";
  private static final String ERRORS = "o.a.k.common.errors";

  private ClientWordings() {}

  static final List<Wording> SENDERS =
      List.of(
          client(
              LogSign.NETWORK_EXCEPTION,
              SENDER + " 0.9–4.x; ≤ 3.4 for a timeout too",
              "on topic-partition <tp>, <*>Error: NETWORK_EXCEPTION"),
          client(
              LogSign.NETWORK_EXCEPTION,
              ERRORS + " 0.9–4.x, of a callback",
              "org.apache.kafka.common.errors.NetworkException"),
          client(
              LogSign.REQUEST_TIMED_OUT,
              SENDER + " 0.9–4.x; ≥ 3.5 for a timeout at the client too",
              "on topic-partition <tp>, <*>Error: REQUEST_TIMED_OUT"),
          client(
              LogSign.REQUEST_TIMED_OUT,
              NETWORK + " 0.9–4.x",
              "Disconnecting from node <broker> due to request timeout"),
          client(
              LogSign.REQUEST_TIMED_OUT,
              SENDER + " 3.5–4.x",
              "Disconnected from node <broker> due to timeout"),
          row(
              LogSign.REQUEST_TIMED_OUT,
              CLIENT,
              Wording.Use.WAITED,
              NETWORK + " 3.3–4.x",
              "due to node <broker> being disconnected (elapsed time since creation: <n>ms,"
                  + " elapsed time since send: <elapsed>ms, throttle time: <n>ms,"
                  + " request timeout: <timeout>ms)"),
          client(
              LogSign.BATCH_EXPIRED,
              "ProducerBatch 0.10.1–0.11",
              "Expiring <n> record(s) for <tp> due to"),
          client(
              LogSign.BATCH_EXPIRED, "ProducerBatch 0.11–4.x", "Expiring <n> record(s) for <tp>:"),
          client(
              LogSign.BUFFER_EXHAUSTED,
              "BufferPool 0.10–2.4",
              "Failed to allocate memory within the configured max blocking time"),
          client(
              LogSign.BUFFER_EXHAUSTED,
              "BufferPool 2.5–4.x",
              "Failed to allocate <n> bytes <*>within the configured max blocking time"),
          client(
              LogSign.METADATA_MISSING,
              "KafkaProducer 2.x–4.x",
              "Topic <topic> not present in metadata after <n> ms"),
          client(
              LogSign.METADATA_MISSING,
              "KafkaProducer 2.x–4.x",
              "of topic <topic> with partition count <n> is not present in metadata after <n> ms"),
          client(
              LogSign.METADATA_MISSING,
              NETWORK + " 0.9–4.x",
              "Error while fetching metadata with correlation id <n> :"
                  + " {<topic>=UNKNOWN_TOPIC_OR_PARTITION"),
          client(
              LogSign.METADATA_MISSING,
              NETWORK + " 3.8–4.x",
              "reported a recoverable issue with correlation id <n> :"
                  + " {<topic>=UNKNOWN_TOPIC_OR_PARTITION"),
          client(
              LogSign.METADATA_MISSING,
              "KafkaProducer 0.9–1.x",
              "Failed to update metadata after <n> ms."),
          client(
              LogSign.RECORD_TOO_LARGE,
              "KafkaProducer 0.9–4.x",
              "bytes when serialized which is larger than"),
          client(
              LogSign.RECORD_TOO_LARGE,
              ERRORS + " 0.9–4.x",
              "org.apache.kafka.common.errors.RecordTooLargeException"),
          client(
              LogSign.NOT_ENOUGH_REPLICAS,
              SENDER + " 0.9–4.x",
              "on topic-partition <tp>, <*>Error: NOT_ENOUGH_REPLICAS"),
          client(
              LogSign.NOT_ENOUGH_REPLICAS,
              ERRORS + " 0.9–4.x, of a callback",
              "org.apache.kafka.common.errors.NotEnoughReplicas"),
          client(
              LogSign.NOT_LEADER,
              SENDER + " 0.9–4.x",
              "on topic-partition <tp>, <*>Error: NOT_LEADER_"),
          client(
              LogSign.NOT_LEADER,
              ERRORS + " 0.9–4.x, of a callback",
              "org.apache.kafka.common.errors.NotLeader"),
          client(
              LogSign.OUT_OF_SEQUENCE,
              SENDER + " 0.11–4.x",
              "on topic-partition <tp>, <*>Error: OUT_OF_ORDER_SEQUENCE_NUMBER"),
          client(
              LogSign.OUT_OF_SEQUENCE,
              ERRORS + " 0.11–4.x",
              "org.apache.kafka.common.errors.OutOfOrderSequenceException"),
          client(
              LogSign.PRODUCER_FENCED,
              ERRORS + " 0.11–4.x",
              "org.apache.kafka.common.errors.ProducerFencedException"),
          client(
              LogSign.PRODUCER_FENCED,
              ERRORS + " 2.7–4.x",
              "org.apache.kafka.common.errors.InvalidProducerEpochException"),
          row(
              LogSign.TIMESTAMP_REFUSED,
              EITHER,
              ERRORS + " 0.10–4.x",
              "org.apache.kafka.common.errors.InvalidTimestampException"),
          client(
              LogSign.CLOSED_WITH_RECORDS_LEFT,
              "KafkaProducer 0.9–4.x",
              "Proceeding to force close the producer since pending requests could not be"));

  static final List<Wording> CONNECTIONS =
      List.of(
          client(
              LogSign.NAME_UNRESOLVED,
              "ClientUtils 0.9–4.x",
              "No resolvable bootstrap urls given in bootstrap.servers"),
          client(
              LogSign.NAME_UNRESOLVED,
              "ClientUtils 2.1–4.x",
              "Couldn't resolve server <*> as DNS resolution"),
          client(
              LogSign.NAME_UNRESOLVED,
              "ClientUtils 0.10–2.0",
              "Removing server <*> as DNS resolution failed for"),
          row(
              LogSign.NAME_UNRESOLVED,
              EITHER,
              NETWORK + " 1.0–4.x",
              "Error connecting to node <*> (id: <broker> rack: <*> java.net.UnknownHostException"),
          row(
              LogSign.NAME_UNRESOLVED,
              EITHER,
              NETWORK + " 0.9–0.11",
              "Error connecting to node <broker> at <*> Can't resolve address"),
          client(
              LogSign.NODE_UNREACHABLE,
              NETWORK + " 1.0–4.x",
              "Connection to node <broker><*> could not be established."),
          // what was never connected was not disconnected, whatever the line beside this one says
          row(
              LogSign.NODE_DISCONNECTED,
              CLIENT,
              Wording.Use.PARDON,
              NETWORK + " 1.0–4.x",
              "Connection to node <broker><*> could not be established."),
          row(
              LogSign.IDLE_DISCONNECTED,
              CLIENT,
              Wording.Use.PARDON,
              NETWORK + " 1.0–4.x",
              "Connection to node <broker><*> could not be established."),
          client(
              LogSign.NODE_UNREACHABLE,
              NETWORK + " 2.7–4.x",
              "Disconnecting from node <broker> due to socket connection setup timeout"),
          client(
              LogSign.NODE_UNREACHABLE,
              NETWORK + " 0.9–2.x; a TLS or SASL port says the same",
              "Bootstrap broker <addr> disconnected"),
          client(
              LogSign.NODE_DISCONNECTED,
              NETWORK + " 1.0–4.x",
              "Connection to node <broker><*> terminated during authentication"),
          row(
              LogSign.NODE_DISCONNECTED,
              CLIENT,
              Wording.Use.BARE_END,
              NETWORK + " 0.9–4.x, at INFO since 3.1",
              "Node <broker> disconnected."),
          client(
              LogSign.LISTENER_MISSING,
              NETWORK + " 2.0–4.x",
              "partitions have leader brokers without a matching listener, including [<tp>"),
          row(
              LogSign.VERSION_UNSUPPORTED,
              EITHER,
              ERRORS + " 0.10–4.x",
              "org.apache.kafka.common.errors.UnsupportedVersionException"),
          client(
              LogSign.VERSION_UNSUPPORTED,
              "o.a.k.clients.NodeApiVersions 3.x–4.x",
              "node does not support <*> with version in range ["));

  static final List<Wording> RIGHTS =
      List.of(
          client(
              LogSign.ACCESS_DENIED,
              ERRORS + ".TopicAuthorizationException 0.9–4.x",
              "Not authorized to access topics: ["),
          client(
              LogSign.ACCESS_DENIED,
              ERRORS + ".GroupAuthorizationException 0.9–4.x",
              "Not authorized to access group: "),
          client(
              LogSign.ACCESS_DENIED,
              ERRORS + " 0.10–4.x",
              "org.apache.kafka.common.errors.ClusterAuthorizationException"),
          client(
              LogSign.LOGIN_FAILED,
              ERRORS + " 1.0–4.x",
              "org.apache.kafka.common.errors.SaslAuthenticationException"),
          client(
              LogSign.LOGIN_FAILED,
              NETWORK + " 1.0–4.x",
              "failed authentication due to: Authentication failed"),
          row(
              LogSign.LOGIN_FAILED,
              BROKER,
              "o.a.k.common.network.Selector 1.0–4.x",
              "Failed authentication with <*>(Authentication failed"),
          row(
              LogSign.TLS_FAILED,
              EITHER,
              "SslTransportLayer 1.0–4.x, at a broker in its Selector's line",
              "SSL handshake failed"),
          row(
              LogSign.TLS_FAILED,
              EITHER,
              ERRORS + " 1.1–4.x",
              "org.apache.kafka.common.errors.SslAuthenticationException"),
          row(
              LogSign.CERTIFICATE_EXPIRED,
              EITHER,
              "JDK 8–25, sun.security.x509.CertificateValidity",
              "java.security.cert.CertificateExpiredException"),
          row(
              LogSign.CERTIFICATE_EXPIRED,
              EITHER,
              "JDK 8–25, sun.security.x509.CertificateValidity",
              "java.security.cert.CertificateNotYetValidException"),
          row(
              LogSign.CERTIFICATE_EXPIRED,
              EITHER,
              "JDK 11–25, the peer's alert",
              "Received fatal alert: certificate_expired"));

  private static Wording client(LogSign sign, String cited, String template) {
    return row(sign, CLIENT, cited, template);
  }
}
