package holter.lab.speed;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import holter.engine.Input;
import holter.fleet.SendResult;
import holter.server.kafka.BeatMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeatTextTest {
  private final BeatText text = new BeatText(OneBroker.PARTITIONS);

  @Test
  void itsBeatsAreAsTheSchemaOfTheAgentSays() throws IOException {
    String told = Files.readString(Path.of("../docs/schema/beat.schema.json"));
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(told);
    for (long seq : new long[] {1, 2, 11, 400}) {
      String beat = new String(text.value(4_711, seq, 1_675_332_341_431L), StandardCharsets.UTF_8);
      assertThat(schema.validate(beat, InputFormat.JSON)).as(beat).isEmpty();
    }
  }

  @Test
  void aSettledInstanceTellsTheResultsOfTwoRoundsOverAllPartitions() {
    var mapping = new BeatMapping(List.of(), () -> 1_675_332_342_000L);
    var input = mapping.mapHttp(text.value(7, 50, 1_675_332_341_431L));
    assertThat(input).isInstanceOf(Input.Heard.class);
    var results = ((Input.Heard) input).beat().results();
    assertThat(results).hasSize(10).extracting(SendResult::seq).startsWith(40L).endsWith(49L);
    assertThat(results).extracting(SendResult::partition).contains(0, 1, 2, 3, 4);
  }
}
