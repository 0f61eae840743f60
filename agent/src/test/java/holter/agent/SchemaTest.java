package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent writes is what {@code docs/schema} promises. */
class SchemaTest {
  private static final Identity WHO =
      new Identity("dac-07", new Incarnation(3, "5f0c"), 1000, "iota-n2", "http://iota-n2:7410");
  private static final List<SendResult> RESULTS =
      List.of(
          SendResult.acked(3, 410, 7),
          SendResult.failed(4, 411, "TIMEOUT"),
          SendResult.failed(-1, 1, "METADATA"));

  private static Schema schema(String name) throws IOException {
    String text = Files.readString(Path.of("..", "docs", "schema", name + ".schema.json"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
  }

  private static void assertValid(String name, byte[] json) throws IOException {
    String text = new String(json, StandardCharsets.UTF_8);
    assertThat(schema(name).validate(text, InputFormat.JSON)).as(text).isEmpty();
  }

  private static Beat beat(long work, boolean planned) {
    return new Beat(412, 1675332341431L, 81234567, work, DtuDigest.NONE.with("a", 1), planned);
  }

  @Test
  void beatsAreAsTheirSchemaSays() throws IOException {
    assertValid("beat", beat(9312, false).encode(WHO, 2, 5, RESULTS));
    assertValid("beat", beat(-1, true).encode(WHO, 2, 5, List.of()));
    var bare = new Identity("d\"\u4e2d", new Incarnation(1, "b"), 100, "", "");
    assertValid("beat", beat(0, false).encode(bare, Beat.NO_PARTITION, 0, RESULTS));
  }

  @Test
  void registrationsAreAsTheirSchemaSays() throws IOException {
    var life = new Incarnation(3, "5f0c");
    for (boolean up : new boolean[] {true, false}) {
      var said = new Registration("a1b2", "dac-07", life, 17, 1675332341431000L, "n2:7400", up);
      assertValid("registration", said.encode(1675332341502L));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"beat", "registration", "answer"})
  void theSchemasRefuseWhatIsNotOne(String name) throws IOException {
    assertThat(schema(name).validate("{\"v\":1}", InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void theVersionInBeatsIsTheBuilds() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<version>" + Identity.AGENT_VERSION + "</version>");
  }
}
