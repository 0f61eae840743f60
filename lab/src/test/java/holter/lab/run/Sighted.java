package holter.lab.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What an observer of Holter's API would have seen, said in one line each. */
final class Sighted {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Sightings sightings;

  /** Whom an incident is about; {@code dead} empty for no worker. */
  record Whom(int broker, String host, String dead) {}

  Sighted(Sightings sightings) {
    this.sightings = sightings;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException bad) {
      throw new IllegalStateException(bad);
    }
  }

  void path(long atMs, int partition, String sickness, int broker) {
    sightings.partitions(
        atMs,
        json(
            "[{'partition':%d,'state':'sick','sickness':'%s','subjectBroker':%d,'host':'iota-n2'}]"
                .formatted(partition, sickness, broker)));
  }

  void verdict(long atMs, String who, String verdict) {
    sightings.instances(
        atMs,
        json(
            "[{'id':'%s','verdict':'%s','holdReason':'HOST_PATH','proof':null,'why':{'text':'w'}}]"
                .formatted(who, verdict)));
  }

  void incident(long atMs, String cause, String confidence, Whom whom) {
    var subject =
        "{'partitions':[4],'brokerId':%d,'host':'%s','instances':[%s]}"
            .formatted(
                whom.broker(), whom.host(), whom.dead().isEmpty() ? "" : "'" + whom.dead() + "'");
    sightings.incidents(
        atMs,
        json(
            ("[{'id':'inc-0001','open':true,'subject':%s,'cause':'%s','confidence':'%s',"
                    + "'headline':''}]")
                .formatted(subject, cause, confidence)));
    if (!cause.isEmpty()) {
      sightings.detail(
          new Sightings.IncidentRead(
              atMs,
              "inc-0001",
              json(
                  """
                  {'diagnosis':{'found':[{'code':'%s','confidence':'%s','probability':0.8,'subject':%s,
                  'speaksFor':[{'claim':{'text':'its NIC is full'},
                  'observation':{'source':'HOST_METRICS','witness':'iota-n2'}}],
                  'speaksAgainst':[],'remedies':[{'text':'relieve the host'}]}],
                  'ruledOut':[{'code':'F01','by':[]}],'notAsked':[],'wouldSettle':[]}}\
                  """
                      .formatted(cause, confidence, subject))));
    }
  }
}
