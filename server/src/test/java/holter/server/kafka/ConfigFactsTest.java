package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.ClusterFact.Configured;
import holter.diagnose.ClusterFact.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.EntityData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.EntryData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData.ValueData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.junit.jupiter.api.Test;

final class ConfigFactsTest {
  private static final String LIMIT = "message.max.bytes";

  @Test
  void ofFewBrokersAllSettingsAreTold() {
    assertThat(ConfigFacts.brokers(Map.of(1, Map.of(LIMIT, "10"), 2, Map.of(LIMIT, "10"))))
        .containsExactly(broker(1, "10"), broker(2, "10"));
  }

  @Test
  void ofAHundredBrokersOneIsToldAndWhoeverDiffers() {
    Map<Integer, Map<String, String>> settings = new HashMap<>();
    for (int id = 1; id <= 100; id++) {
      settings.put(id, Map.of(LIMIT, id == 77 ? "20" : "10"));
    }
    assertThat(ConfigFacts.brokers(settings)).containsExactly(broker(1, "10"), broker(77, "20"));
  }

  @Test
  void aTopicsOwnSettingsAreToldAndSecretsNever() {
    var own = setting("segment.ms", "5").setConfigSource((byte) 1);
    var old = setting("flush.ms", "6").setConfigSource((byte) -1).setIsDefault(false);
    var usual = setting("segment.bytes", "7").setConfigSource((byte) 5);
    var matters = setting("min.insync.replicas", "1").setConfigSource((byte) 5);
    var secret = setting("some.password", "x").setConfigSource((byte) 1).setIsSensitive(true);
    assertThat(ConfigFacts.topic("t", List.of(own, old, usual, matters, secret)))
        .extracting(Configured::key)
        .containsExactly("segment.ms", "flush.ms", "min.insync.replicas");
  }

  @Test
  void aQuotaIsOfTheClientBeforeTheUserAndOfEverybodyWhenNobodyIsNamed() {
    assertThat(quota("client-id", "dac-7", "user", "ops").scope()).isEqualTo(Scope.CLIENT_QUOTA);
    assertThat(quota("user", "ops").of()).isEqualTo("ops");
    assertThat(quota("ip", null)).isEqualTo(new Configured(Scope.IP_QUOTA, "<default>", "r", "9"));
  }

  private static Configured quota(@org.jspecify.annotations.Nullable String... words) {
    var entry = new EntryData().setValues(List.of(new ValueData().setKey("r").setValue(9)));
    var entity = new java.util.ArrayList<EntityData>();
    for (int i = 0; i < words.length; i += 2) {
      entity.add(new EntityData().setEntityType(words[i]).setEntityName(words[i + 1]));
    }
    return ConfigFacts.quota(entry.setEntity(entity)).getFirst();
  }

  private static Configured broker(int id, String value) {
    return new Configured(Scope.BROKER, Integer.toString(id), LIMIT, value);
  }

  private static DescribeConfigsResourceResult setting(String name, String value) {
    return new DescribeConfigsResourceResult().setName(name).setValue(value);
  }
}
