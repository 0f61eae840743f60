package holter.lab.speed;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Beats of a calm fleet, key by key as the agent writes them: each instance rotates over the
 * partitions and tells the results of its last two rounds.
 */
final class BeatText {
  private static final int INTERVAL_MS = 1000;
  private static final int HOSTS = 100;
  private static final long LIFE = 1_675_330_000L;

  private final int partitions;

  BeatText(int partitions) {
    this.partitions = partitions;
  }

  /** The instance's id. */
  static String id(int instance) {
    return String.format(Locale.ROOT, "dac-%05d", instance);
  }

  /** Where an instance sends its beat. */
  int partition(int instance, long seq) {
    int stride = 1 + instance / partitions % (partitions - 1);
    return Math.floorMod(instance + seq * stride, partitions);
  }

  /** The beat's value; {@code seq} from 1. */
  byte[] value(int instance, long seq, long wallMs) {
    var json = new StringBuilder(700);
    json.append("{\"v\":1,\"kind\":\"beat\",\"instance\":\"").append(id(instance));
    json.append("\",\"incarnation\":{\"n\":").append(LIFE + instance);
    json.append(",\"boot\":\"").append(boot(instance)).append("\"},\"seq\":").append(seq);
    json.append(",\"intervalMs\":").append(INTERVAL_MS);
    json.append(",\"partition\":").append(partition(instance, seq));
    json.append(",\"partitions\":").append(partitions);
    json.append(",\"sentWallMs\":").append(wallMs);
    json.append(",\"sentMonoMs\":").append(81_000_000 + seq * INTERVAL_MS);
    json.append(",\"results\":[");
    long oldest = Math.max(1, seq - 2L * partitions);
    for (long told = oldest; told < seq; told++) {
      json.append(told == oldest ? "{\"p\":" : ",{\"p\":").append(partition(instance, told));
      json.append(",\"seq\":").append(told);
      json.append(",\"ackMs\":").append(1 + (instance + told) % 9).append('}');
    }
    json.append("],\"work\":").append(9_000 + 3 * seq);
    json.append(",\"dtus\":{\"count\":2,\"digest\":\"9c1f2a00\"},\"planned\":false");
    String host = "iota-n" + instance % HOSTS;
    json.append(",\"answerAt\":\"http://").append(host).append(':').append(7000 + instance / HOSTS);
    json.append("\",\"host\":\"").append(host).append("\",\"agent\":\"0.1.0\"}");
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String boot(int instance) {
    return String.format(Locale.ROOT, "%016x", (instance + 1) * 0x9e3779b97f4a7c15L);
  }
}
