package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code holter rbac} prints, and what it says of mistakes. */
final class RbacTest {
  @Test
  void itPrintsObjectsForTheAccountAndNamesThatAreGiven() throws Exception {
    Said said =
        Said.by(
            "rbac remedy guard --account ops:healer --workers iot --node iota-m2 --deployment proxy"
                .split(" ", -1));
    assertThat(said.exit()).as(said.err()).isZero();
    List<JsonNode> objects =
        new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(said.out()).readAll();
    assertThat(objects)
        .extracting(each -> each.path("kind").asText())
        .contains("Role", "ClusterRole", "ValidatingAdmissionPolicy");
    assertThat(said.out())
        .contains("iota-m2", "proxy", "namespace: iot", "system:serviceaccount:ops:healer")
        .doesNotContain("node-to-uncordon", "deployment-to-unpin", "workers", "holter:holter");
  }

  @Test
  void withoutPartsItPrintsWhatLookingAroundNeeds() throws Exception {
    Said said = Said.by("rbac", "-o", "json");
    assertThat(said.exit()).isZero();
    JsonNode objects = new ObjectMapper().readTree(said.out());
    assertThat(objects).hasSize(6).noneMatch(each -> each.toString().contains("patch"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rbac everything",
        "rbac remedy",
        "rbac remedy --node Iota_M2",
        "rbac --account a:b:c",
        "rbac --account it's",
        "rbac runner --workers -x-",
        "rbac leader --lease *"
      })
  void aMistakeIsOneLineThatSaysWhatToTry(String words) {
    Said said = Said.by(words.split(" ", -1));
    assertThat(said.exit()).as(said.out()).isEqualTo(Exit.USAGE);
    assertThat(said.err()).hasLineCount(1).contains("try: ");
  }
}
