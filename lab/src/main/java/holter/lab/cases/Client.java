package holter.lab.cases;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import holter.lab.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real producer or consumer, a process of its own with a log of its own.
 *
 * @param name of the process and of its log
 * @param kind what it does
 * @param host where it stands
 * @param topic what it sends to or reads
 * @param every a producer's interval between records
 * @param bytes a record's size
 * @param keys of records, in turn; the client's name when there are none
 * @param acks a producer's
 * @param clientId as brokers see it; the name unless said
 * @param user whose SCRAM login it uses
 * @param group of a consumer; the name unless said
 * @param bigBytes size of every {@code bigEvery}-th record; 0 for none
 * @param bigEvery 5 unless said
 * @param handling how long a consumer works on each record
 * @param restartEvery a consumer leaves and comes back so often; null for never
 * @param exitAfter the process ends by itself, with code 3, so long after its start
 * @param settings of the Kafka client, as its documentation names them
 */
public record Client(
    String name,
    Kind kind,
    String host,
    String topic,
    Duration every,
    int bytes,
    List<String> keys,
    String acks,
    String clientId,
    @Nullable String user,
    String group,
    int bigBytes,
    int bigEvery,
    @Nullable Duration handling,
    @Nullable Duration restartEvery,
    @Nullable Duration exitAfter,
    Map<String, String> settings) {
  /** What a client does. */
  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  public enum Kind {
    PRODUCER,
    CONSUMER
  }

  public Client {
    topic = topic == null ? Scenario.HEARTBEAT : topic;
    every = every == null ? Duration.ofMillis(500) : every;
    bytes = bytes == 0 ? 200 : bytes;
    keys = Case.listOf(keys);
    acks = acks == null ? "all" : acks;
    clientId = clientId == null ? name : clientId;
    group = group == null ? name : group;
    bigEvery = bigEvery == 0 ? 5 : bigEvery;
    settings = settings == null ? Map.of() : Map.copyOf(settings);
  }
}
