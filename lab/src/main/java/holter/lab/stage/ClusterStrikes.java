package holter.lab.stage;

import holter.lab.cases.Strike;
import holter.lab.process.LabException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.ResourceType;

/** Strikes that the cluster is asked to do to itself; each waits for its answer. */
record ClusterStrikes(Admin admin) {
  private static final long CALL_SECONDS = 10;

  void grow(Strike.Partitions grown) {
    var more = NewPartitions.increaseTo(grown.to());
    await(admin.createPartitions(Map.of(grown.topic(), more)).all());
  }

  void forget(Strike.User user) {
    var gone = new UserScramCredentialDeletion(user.delete(), ScramMechanism.SCRAM_SHA_256);
    await(admin.alterUserScramCredentials(List.of(gone)).all());
  }

  void deny(Strike.Acl acl) {
    var right = Logins.right(acl.user(), ResourceType.TOPIC, acl.topic(), AclOperation.WRITE);
    await(admin.deleteAcls(List.of(right.toFilter())).all());
  }

  void configure(Strike.TopicConfig config) {
    var ops =
        config.set().entrySet().stream()
            .map(
                e ->
                    new AlterConfigOp(
                        new ConfigEntry(e.getKey(), e.getValue()), AlterConfigOp.OpType.SET))
            .toList();
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, config.topic());
    await(admin.incrementalAlterConfigs(Map.of(topic, ops)).all());
  }

  void quota(Strike.Quota quota) {
    var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, quota.clientId()));
    var op = new ClientQuotaAlteration.Op("producer_byte_rate", (double) quota.producerBytesPerS());
    await(admin.alterClientQuotas(List.of(new ClientQuotaAlteration(entity, List.of(op)))).all());
  }

  private static void await(KafkaFuture<?> asked) {
    try {
      asked.get(CALL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException refused) {
      throw new LabException("the cluster refused an injection; " + refused, refused);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted", closing);
    }
  }
}
