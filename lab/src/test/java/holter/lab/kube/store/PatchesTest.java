package holter.lab.kube.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatchesTest {
  private static final String STEPS = "application/json-patch+json";
  private static final String MERGE = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";

  private static JsonNode of(String text) {
    return Json.parsed(text.replace('\'', '"'));
  }

  private static ObjectNode patched(String form, String object, String patch) {
    return Patches.apply(form, (ObjectNode) of(object), of(patch));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{'op':'test','path':'/a','value':2}]",
        "[{'op':'remove','path':'/none'}]",
        "[{'op':'replace','path':'/none','value':1}]",
        "[{'op':'add','path':'/none/x','value':1}]",
        "[{'op':'dance','path':'/a'}]",
        "[{'op':'replace','path':'/a','value':3},{'op':'test','path':'/a','value':2}]"
      })
  void aStepThatDoesNotApplyIsRefusedAndNothingChanges(String patch) {
    ObjectNode object = (ObjectNode) of("{'a':1}");
    assertThatThrownBy(() -> Patches.apply(STEPS, object, of(patch)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(422));
    assertThat(object).isEqualTo(of("{'a':1}"));
  }

  @Test
  void aMergePatchReplacesListsAndTakesNullsAway() {
    assertThat(patched(MERGE, "{'a':{'b':1,'c':2},'l':[1,2]}", "{'a':{'b':null},'l':[3]}"))
        .isEqualTo(of("{'a':{'c':2},'l':[3]}"));
  }

  @Test
  void aStrategicPatchMergesWhatHasANameAndReplacesWhatHasNone() {
    String node =
        "{'spec':{'taints':[{'key':'a'}]},'status':{'conditions':"
            + "[{'type':'Ready','status':'True','reason':'r'},{'type':'X','status':'True'}]}}";
    String patch =
        "{'spec':{'taints':[{'key':'b'}]},'status':{'conditions':"
            + "[{'type':'Ready','status':'False'},{'type':'X','$patch':'delete'},{'type':'Y'}]}}";
    assertThat(patched(STRATEGIC, node, patch))
        .isEqualTo(
            of(
                "{'spec':{'taints':[{'key':'b'}]},'status':{'conditions':"
                    + "[{'type':'Ready','status':'False','reason':'r'},{'type':'Y'}]}}"));
  }

  @Test
  void serverSideApplyIsNotKnown() {
    assertThatThrownBy(() -> patched("application/apply-patch+yaml", "{}", "{}"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(415));
  }
}
