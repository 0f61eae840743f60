package holter.lab.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import holter.diagnose.CauseCode;
import holter.lab.scenario.BadScenario;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CaseReaderTest {
  private static final String SMALL =
      """
      kind: case
      name: small
      kafka:
        version: 3.9.2
        brokers:
          - { id: 1001, host: kafka-1 }
      topics:
        HeartBeat: { partitions: { 0: [1001] } }
      inject:
        - { at: 5s, broker: { id: 1001, action: kill } }
      expect:
        causes:
          - { code: F01, broker: 1001 }
      """;

  static Stream<CaseReader.Found> builtIn() {
    return CaseReader.builtIn().stream();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void everyBuiltInCaseIsReadableAndKeepsToTheSchema(CaseReader.Found found) throws IOException {
    assertThat(found.read().name()).isEqualTo(found.file());
    var json = new YAMLMapper().readTree(found.text()).toString();
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(schemaFile()), InputFormat.JSON);
    assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
  }

  @Test
  void theSchemaKnowsTheSameKeysAsTheReader() throws IOException {
    var schema = new YAMLMapper().readTree(Files.readString(schemaFile()));
    assertThat(keys(schema, "/properties")).containsExactlyInAnyOrderElementsOf(of(Case.class));
    assertThat(keys(schema, "/$defs/client/properties"))
        .containsExactlyInAnyOrderElementsOf(of(Client.class));
    assertThat(keys(schema, "/$defs/broker/properties"))
        .containsExactlyInAnyOrderElementsOf(of(Case.Broker.class));
    assertThat(keys(schema, "/properties/kafka/properties"))
        .containsExactlyInAnyOrderElementsOf(of(Case.Kafka.class));
    assertThat(keys(schema, "/properties/diagnose/properties"))
        .containsExactlyInAnyOrderElementsOf(of(Case.Ask.class));
    assertThat(keys(schema, "/properties/expect/properties"))
        .containsExactlyInAnyOrderElementsOf(of(Expected.class));
    assertThat(keys(schema, "/$defs/cause/properties"))
        .containsExactlyInAnyOrderElementsOf(of(Expected.Named.class));
  }

  @Test
  void whatACaseSaysIsRead() {
    var read = CaseReader.read(SMALL, "small.yaml");
    assertThat(read.inject()).hasSize(1);
    assertThat(read.inject().getFirst().strike())
        .isEqualTo(new Strike.Broker(1001, Strike.Act.KILL));
    assertThat(read.expect().causes().getFirst().code()).isEqualTo(CauseCode.F01);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          kind: case              | kind: cases               | line 1, column 1: 'kind' must be case
          id: 1001, host          | id: 1001, hots            | line 6, column 19: unknown key 'hots'; did you mean 'host'?
          id: 1001, action: kill  | id: 1009, action: kill    | line 10, column 5: no broker 1009; there are [1001]
          action: kill            | action: hurt              | 'hurt' is not one of [kill, stop, restart]
          broker: { id: 1001, action: kill } | disk: { broker: 1001 } | has no disk of its own; give it diskMb
          code: F01               | code: F99                 | 'F99' is not one of
          HeartBeat:              | HeartBaet:                | topic HeartBeat is asked about and not made
          """)
  void aBadCaseIsOneClearLine(String right, String wrong, String said) {
    assertThatThrownBy(() -> CaseReader.read(SMALL.replace(right, wrong), "small.yaml"))
        .isInstanceOf(BadScenario.class)
        .hasMessageStartingWith("small.yaml:")
        .hasMessageContaining(said)
        .satisfies(bad -> assertThat(String.valueOf(bad.getMessage()).lines()).hasSize(1));
  }

  @Test
  void aDirectoryIsReadByNameWithTheCasesBesideBundles(@TempDir Path dir) throws IOException {
    Files.writeString(dir.resolve("b.yaml"), SMALL);
    Files.writeString(dir.resolve("notes.txt"), "not a case");
    Files.writeString(
        Files.createDirectories(dir.resolve("a-bundle")).resolve("case.yaml"),
        "kind: case\nname: rec\nbundle: .\nexpect: { healthy: true }\n");
    var found = CaseReader.in(dir);
    assertThat(found).hasSize(2);
    assertThat(found.getFirst().read().bundle()).isEqualTo(".");
    assertThat(found.getFirst().base()).isEqualTo(dir.resolve("a-bundle").toAbsolutePath());
  }

  private static Path schemaFile() {
    return Path.of("../docs/schema/case.schema.json");
  }

  private static List<String> keys(JsonNode schema, String at) {
    var keys = new ArrayList<String>();
    schema.at(at).fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<String> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }
}
