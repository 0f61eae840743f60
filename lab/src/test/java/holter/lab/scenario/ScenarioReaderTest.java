package holter.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ScenarioReaderTest {
  private static final String SMALL =
      """
      name: small
      runFor: 10s
      kafka:
        version: 3.9.2
        brokers:
          - { id: 1001, host: iota-n2 }
      topics:
        HeartBeat: { 0: [1001] }
      fleet:
        - { name: dac, count: 2, hosts: [iota-n2] }
      timeline:
        - { at: 1s, for: 2s, broker: { id: 1001, action: stop } }
        - at: 3s
          instance: { name: dac-01, action: kill }
      """;

  static Stream<String> builtIns() {
    return ScenarioReader.BUILT_IN.stream();
  }

  @ParameterizedTest
  @MethodSource("builtIns")
  void everyBuiltInIsReadable(String name) {
    assertThat(ScenarioReader.find(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("builtIns")
  void everyBuiltInKeepsToTheSchema(String name) throws IOException {
    try (var in = ScenarioReader.class.getResourceAsStream("/scenarios/" + name + ".yaml")) {
      var json = new YAMLMapper().readTree(Objects.requireNonNull(in)).toString();
      assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void theSchemaKnowsTheSameKeysAsTheReader() throws IOException {
    var properties = schemaText().get("properties");
    assertThat(keys(properties)).containsExactlyInAnyOrderElementsOf(components(Scenario.class));
    assertThat(keys(properties.at("/kafka/properties")))
        .containsExactlyInAnyOrderElementsOf(components(Scenario.Kafka.class));
    assertThat(keys(properties.at("/fleet/items/properties")))
        .containsExactlyInAnyOrderElementsOf(components(Group.class));
    assertThat(keys(properties.at("/orchestrator/properties")))
        .containsExactlyInAnyOrderElementsOf(components(Scenario.Orchestrator.class));
    assertThat(keys(properties.at("/expect/properties")))
        .containsExactlyInAnyOrderElementsOf(components(Expect.class));
    assertThat(keys(properties.at("/expect/properties/diagnosis/properties")))
        .containsExactlyInAnyOrderElementsOf(components(Expect.Cause.class));
    assertThat(keys(properties.at("/timeline/items/properties/link/properties")))
        .containsExactlyInAnyOrderElementsOf(components(Fault.Link.class));
    assertThat(keys(properties.at("/timeline/items/properties/nicSaturate/properties")))
        .containsExactlyInAnyOrderElementsOf(components(Fault.NicSaturate.class));
  }

  @Test
  void theSmallestScenarioGetsItsDefaults() {
    var small = ScenarioReader.read(SMALL, "small.yaml");
    assertThat(small.workers()).extracting(Worker::name).containsExactly("dac-01", "dac-02");
    assertThat(small.workers().getFirst().group().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(small.orchestrator().exitEvents()).isFalse();
    assertThat(small.kafka().controlPath()).isEqualTo(Scenario.ControlPath.OWN);
    assertThat(small.timeline().getFirst().until()).isEqualTo(Duration.ofSeconds(3));
    assertThat(small.hostNames()).containsExactly("iota-n2", "iota-ops");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          runFor: 10s    | runFro: 10s      | line 2, column 1  | unknown key 'runFro'; did you mean 'runFor'?
          host: iota-n2  | hst: iota-n2     | line 6, column 19 | unknown key 'hst'; did you mean 'host'?
          action: stop   | action: freeze   | line 12, column 44 | 'freeze' is not one of [kill, stop, hang]
          at: 1s         | at: soon         | line 12, column 7 | 'soon' is not a duration; write 250ms, 5s, 3m or 1h
          id: 1001, action | id: 9, action  | line 12, column 34 | no broker 9; there are [1001]
          name: dac-01   | name: dac-07     | line 14, column 17 | no worker dac-07; did you mean 'dac-01'?
          [1001]         | [1002]           | line 8, column 16 | replicas are ids of kafka.brokers: [1001]
          for: 2s, broker | for: 2s, until: 4s, broker | line 12, column 5 | write 'for' or 'until', not both
          runFor: 10s    | runFor: 2s       | line 13, column 5 | begins after the run's end (runFor)
          """)
  void aMistakeIsToldWithItsPlaceAndWhatToWrite(
      String right, String wrong, String place, String what) {
    assertThat(SMALL).contains(right);
    assertThatThrownBy(() -> ScenarioReader.read(SMALL.replace(right, wrong), "small.yaml"))
        .isInstanceOf(BadScenario.class)
        .hasMessage("small.yaml:" + place + ": " + what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at: 4s, for: 2s, deploy: { group: dac }  | a deploy or roll ends when the last one is back; leave out 'for' and 'until'
          at: 4s, deploy: { group: dav }           | no group of agents dav; only an agent says that it stops on purpose
          at: 4s, clock: { of: dac-9, by: 1h }     | no process dac-9; write orchestrator, or the name of a worker
          """)
  void aFaultThatCannotBeIsTold(String line, String what) {
    assertThatThrownBy(() -> ScenarioReader.read(SMALL + "  - { " + line + " }\n", "small.yaml"))
        .isInstanceOf(BadScenario.class)
        .hasMessageEndingWith(what);
  }

  @Test
  void clientsAreTheHostsWithoutABroker() {
    var scenario = ScenarioReader.find("detect-b");
    assertThat(scenario.clientHosts())
        .containsExactly("iota-w1", "iota-w2", "iota-w3", "iota-w4", "iota-ops");
    assertThat(scenario.brokerHosts()).doesNotContainAnyElementsOf(scenario.clientHosts());
  }

  @Test
  void whatIsNoYamlIsRefusedInOneLine() {
    assertThatThrownBy(() -> ScenarioReader.read("name: [", "torn.yaml"))
        .isInstanceOf(BadScenario.class)
        .hasMessageStartingWith("torn.yaml")
        .message()
        .doesNotContain("\n");
    assertThatThrownBy(() -> ScenarioReader.read("", "empty.yaml")).isInstanceOf(BadScenario.class);
  }

  @Test
  void anUnknownNameSuggestsTheNearestScenario() {
    assertThatThrownBy(() -> ScenarioReader.find("incidnet"))
        .isInstanceOf(BadScenario.class)
        .hasMessageContaining("did you mean 'incident'?");
  }

  private static List<String> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  private static List<String> keys(JsonNode properties) {
    var names = new ArrayList<String>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode schemaText() throws IOException {
    return new YAMLMapper().readTree(Files.readString(schemaFile()));
  }

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(schemaFile()), InputFormat.JSON);
  }

  private static Path schemaFile() {
    return Path.of("../docs/schema/scenario.schema.json");
  }
}
