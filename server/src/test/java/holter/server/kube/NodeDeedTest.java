package holter.server.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

final class NodeDeedTest {
  /** What is amiss with a node of these conditions, each {@code type=status}. */
  private static String amiss(String... conditions) {
    ObjectNode node = KubeCluster.object();
    ArrayNode all = node.putObject("status").putArray("conditions");
    for (String each : conditions) {
      String[] told = each.split("=", 2);
      all.addObject().put("type", told[0]).put("status", told[1]);
    }
    return NodeDeed.amiss(node);
  }

  @Test
  void aNodeThatIsReadyAndUnderNoPressureIsWell() {
    assertThat(amiss("DiskPressure=False", "MemoryPressure=False", "Ready=True")).isEmpty();
  }

  @Test
  void whatIsNotToldOrNotKnownIsNotWell() {
    assertThat(amiss()).isEqualTo("Ready=not told");
    assertThat(amiss("DiskPressure=False")).isEqualTo("Ready=not told");
    assertThat(amiss("Ready=Unknown")).isEqualTo("Ready=Unknown");
    assertThat(amiss("Ready=True", "DiskPressure=Unknown")).isEqualTo("DiskPressure=Unknown");
    assertThat(amiss("Ready=True", "PIDPressure=True")).isEqualTo("PIDPressure=True");
  }
}
