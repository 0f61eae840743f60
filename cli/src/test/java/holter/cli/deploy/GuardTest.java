package holter.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped policies, judged by the language they are written in. */
final class GuardTest {
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("object", SimpleType.DYN)
          .addVar("oldObject", SimpleType.DYN)
          .addVar("request", SimpleType.DYN)
          .build();

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private static final List<ObjectNode> POLICIES =
      Manifest.of(
          Part.GUARD,
          new Manifest.Fit(Account.of("ops:healer"), "ops", "iot", "holter", List.of(), List.of()));

  private static boolean holds(String expression, Map<String, Object> about) throws Exception {
    var program =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .build()
            .createProgram(COMPILER.compile(expression).getAst());
    return (boolean) program.eval(about);
  }

  /** Whether the policy of that name lets a change pass. */
  private static boolean passes(String policy, String user, String before, String after)
      throws Exception {
    ObjectNode shipped =
        POLICIES.stream()
            .filter(each -> each.path("kind").asText().equals("ValidatingAdmissionPolicy"))
            .filter(each -> each.at("/metadata/name").asText().equals(policy))
            .findFirst()
            .orElseThrow();
    Map<String, Object> about =
        Map.of(
            "oldObject", read(before),
            "object", read(after),
            "request", Map.of("userInfo", Map.of("username", user)));
    for (JsonNode condition : shipped.at("/spec/matchConditions")) {
      if (!holds(condition.path("expression").asText(), about)) return true;
    }
    for (JsonNode rule : shipped.at("/spec/validations")) {
      if (!holds(rule.path("expression").asText(), about)) return false;
    }
    return true;
  }

  private static Map<String, Object> read(String text) throws Exception {
    return JSON.readValue(text.replace('\'', '"'), new TypeReference<>() {});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          it uncordons          | true  | {'metadata':{},'spec':{'unschedulable':true}} | {'metadata':{},'spec':{}}
          it says false         | true  | {'metadata':{},'spec':{'unschedulable':true}} | {'metadata':{},'spec':{'unschedulable':false}}
          it cordons            | false | {'metadata':{},'spec':{}}                     | {'metadata':{},'spec':{'unschedulable':true}}
          it leaves a cordon    | true  | {'metadata':{},'spec':{'unschedulable':true}} | {'metadata':{'annotations':{'a':'b'}},'spec':{'unschedulable':true}}
          it adds a label       | false | {'metadata':{},'spec':{}}                     | {'metadata':{'labels':{'a':'b'}},'spec':{}}
          it changes a label    | false | {'metadata':{'labels':{'a':'b'}},'spec':{}}   | {'metadata':{'labels':{'a':'c'}},'spec':{}}
          it takes a taint away | false | {'metadata':{},'spec':{'taints':[{'key':'x'}]}} | {'metadata':{},'spec':{}}
          it adds a taint       | false | {'metadata':{},'spec':{}} | {'metadata':{},'spec':{'taints':[{'key':'x'}]}}
          it opens and marks    | true  | {'metadata':{},'spec':{'unschedulable':true}} | {'metadata':{'annotations':{'holter.io/plan':'p1'}},'spec':{}}
          it closes it again    | true  | {'metadata':{'annotations':{'holter.io/plan':'p1'}},'spec':{}} | {'metadata':{},'spec':{'unschedulable':true}}
          it keeps another note | true  | {'metadata':{'annotations':{'holter.io/plan':'p1','a':'b'}},'spec':{}} | {'metadata':{'annotations':{'a':'b'}},'spec':{'unschedulable':true}}
          it closes, still marked | false | {'metadata':{'annotations':{'holter.io/plan':'p1'}},'spec':{}} | {'metadata':{'annotations':{'holter.io/plan':'p1'}},'spec':{'unschedulable':true}}
          it marks an open node | false | {'metadata':{},'spec':{}} | {'metadata':{'annotations':{'holter.io/plan':'p1'}},'spec':{}}
          it marks a closed one | false | {'metadata':{},'spec':{'unschedulable':true}} | {'metadata':{'annotations':{'holter.io/plan':'p1'}},'spec':{'unschedulable':true}}
          it opens it once more | true  | {'metadata':{'annotations':{'holter.io/plan':'p1'}},'spec':{'unschedulable':true}} | {'metadata':{'annotations':{'holter.io/plan':'p2'}},'spec':{}}
          """)
  void ofANodeOnlyTheCordonMayBeTakenAwayAndThatTakenBack(
      String what, boolean passes, String before, String after) throws Exception {
    String healer = "system:serviceaccount:ops:healer";
    assertThat(passes("holter-node-guard", healer, before, after)).as(what).isEqualTo(passes);
    assertThat(passes("holter-node-guard", "admin", before, after)).as("by another").isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          it unpins            | true  | 'nodeSelector':{'a':'b'},'containers':[{'name':'c'}] | 1 | 'containers':[{'name':'c'}]                      | 1
          it scales            | false | 'containers':[{'name':'c'}]                          | 1 | 'containers':[{'name':'c'}]                      | 2
          it changes an image  | false | 'containers':[{'name':'c','image':'a'}]              | 1 | 'containers':[{'name':'c','image':'b'}]          | 1
          it adds a first step | false | 'containers':[]                                      | 1 | 'containers':[],'initContainers':[{'name':'x'}]  | 1
          it adds a volume     | false | 'containers':[]                                      | 1 | 'containers':[],'volumes':[{'name':'x'}]         | 1
          it lends an account  | false | 'containers':[]                                      | 1 | 'containers':[],'serviceAccountName':'admin'     | 1
          """)
  void ofADeploymentOnlyWhereItsPodsGoMayBeChanged(
      String what, boolean passes, String pod, int was, String newPod, int is) throws Exception {
    String form = "{'metadata':{},'spec':{'replicas':%d,'template':{'spec':{%s}}}}";
    String before = form.formatted(was, pod);
    String after = form.formatted(is, newPod);
    String healer = "system:serviceaccount:ops:healer";
    assertThat(passes("holter-deployment-guard", healer, before, after)).as(what).isEqualTo(passes);
    assertThat(passes("holter-deployment-guard", "admin", before, after)).as("another").isTrue();
  }
}
