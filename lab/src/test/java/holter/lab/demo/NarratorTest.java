package holter.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import holter.lab.run.Sightings;
import holter.lab.scenario.ScenarioReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NarratorTest {
  private final List<String> said = new ArrayList<>();
  private final Narrator narrator =
      new Narrator("en", line -> said.add(line.substring(9)), System.nanoTime(), _ -> true);

  private void reads(String code, String confidence, String subject, String... evidence) {
    var cited = new ArrayList<String>();
    for (var each : evidence) {
      cited.add("{'claim':{'text':'%s'}}".formatted(each));
    }
    var text =
        """
        {'diagnosis':{'found':[{'code':'%s','confidence':'%s','subject':%s,'speaksFor':[%s],
         'remedies':[]}],'ruledOut':[],'notAsked':[]}}\
        """
            .formatted(code, confidence, subject, String.join(",", cited));
    try {
      var json = new ObjectMapper().readTree(text.replace('\'', '"'));
      narrator.seen(new Sightings.IncidentRead(0, "inc-0001", json));
    } catch (IOException bad) {
      throw new IllegalStateException(bad);
    }
  }

  NarratorTest() {
    narrator.began(ScenarioReader.find("incident"));
    said.clear();
  }

  private static final String BROKER = "{'brokerId':1001,'host':'iota-n2','instances':[]}";

  @Test
  void aDiagnosisThatGetsFirmerIsToldAgainWithWhatDecided() {
    reads("F04", "LIKELY", BROKER, "its answers are late");
    reads("F04", "LIKELY", BROKER, "its answers are late", "still late");
    reads("F04", "CONFIRMED", BROKER, "its answers are late", "its NIC is full");
    assertThat(said)
        .containsExactly(
            "DIAGNOSIS: F04 host network saturated, broker 1001, host iota-n2 (likely)",
            "  + its answers are late",
            "DIAGNOSIS now confirmed: F04 host network saturated, broker 1001, host iota-n2",
            "  + its NIC is full");
  }

  @Test
  void aDiagnosisThatGetsLessSureIsNotToldAgain() {
    reads("F04", "CONFIRMED", BROKER);
    reads("F04", "LIKELY", BROKER);
    assertThat(said).hasSize(1);
  }

  @Test
  void whatIsOnlyThoughtOfIsNoDiagnosis() {
    reads("F04", "INCONCLUSIVE", BROKER);
    assertThat(said).isEmpty();
    assertThat(narrator.diagnosisAtS()).isNegative();
  }

  @Test
  void aDeadWorkerIsNamedAndNoBroker() {
    reads("F60", "LIKELY", "{'brokerId':-1,'host':'','instances':['dac-07']}");
    assertThat(said).containsExactly("DIAGNOSIS: F60 worker dead, Kafka healthy, dac-07 (likely)");
  }

  @Test
  void aPathWhoseBrokerIsNotKnownNamesNone() {
    narrator.seen(new Sightings.PathSeen(0, 4, "sick", "leaderless", -1, ""));
    assertThat(said).containsExactly("Holter: partition 4 is sick (the partition has no leader)");
  }
}
