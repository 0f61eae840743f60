package holter.agent;

import java.util.List;

/**
 * One beat as the loop made it, before a path takes it.
 *
 * @param seq +1 per beat
 * @param sentWallMs the wall clock, for people
 * @param sentMonoMs the monotonic clock
 * @param work the worker's progress counter, −1 when it has none
 * @param dtus the registrations it holds
 * @param planned whether it is stopping on purpose
 */
record Beat(
    long seq, long sentWallMs, long sentMonoMs, long work, DtuDigest dtus, boolean planned) {

  /** The partition of a beat on no partition: by HTTP, or before the count is known. */
  static final int NO_PARTITION = -1;

  /** The beat on the wire; {@code docs/schema/beat.schema.json} describes it. */
  byte[] encode(Identity who, int partition, int partitions, List<SendResult> results) {
    var json = new JsonWriter(400 + 40 * results.size());
    json.open().put("v", 1).put("kind", "beat").put("instance", who.instance());
    json.open("incarnation");
    json.put("n", who.incarnation().n()).put("boot", who.incarnation().boot()).close();
    json.put("seq", seq).put("intervalMs", who.intervalMs());
    json.put("partition", partition).put("partitions", partitions);
    json.put("sentWallMs", sentWallMs).put("sentMonoMs", sentMonoMs);
    SendResult.write(json, results);
    if (work >= 0) {
      json.put("work", work);
    }
    json.open("dtus").put("count", dtus.count()).put("digest", dtus.hex()).close();
    json.put("planned", planned);
    if (!who.answerAt().isEmpty()) {
      json.put("answerAt", who.answerAt());
    }
    if (!who.host().isEmpty()) {
      json.put("host", who.host());
    }
    return json.put("agent", Identity.AGENT_VERSION).close().bytes();
  }
}
