package holter.server.log;

import static holter.server.log.Wording.Origin.BROKER;
import static holter.server.log.Wording.row;

import holter.diagnose.LogSign;
import java.util.List;

/** What brokers' and controllers' logs say of replication, leaders, topics, groups and rights. */
final class ControlWordings {
  private ControlWordings() {}

  static final List<Wording> ALL =
      List.of(
          broker(
              LogSign.ANSWER_WITHOUT_CONNECTION,
              "kafka.network.Processor 0.10–4.x",
              "Attempting to send response via channel for which there is no open connection"),
          broker(
              LogSign.CONTROLLER_CANNOT_REACH,
              "kafka.controller.RequestSendThread 0.10–3.9",
              "connection to broker <*> (id: <broker> rack: <*>) was unsuccessful"),
          broker(
              LogSign.CONTROLLER_CANNOT_REACH,
              "kafka.controller.RequestSendThread 0.10–3.9",
              "fails to send a request to broker <*> (id: <broker> rack:"),
          broker(
              LogSign.UNDER_MIN_ISR,
              "kafka.cluster.Partition 0.10–1.x",
              "Number of insync replicas for partition <tp> is [<n>], below required minimum"),
          broker(
              LogSign.UNDER_MIN_ISR,
              "kafka.cluster.Partition 2.x–4.x",
              "is insufficient to satisfy the min.isr requirement of <n> for partition <tp>"),
          broker(
              LogSign.LAST_ISR_KEPT,
              "kafka.controller.KafkaController 0.10–3.9",
              "Retaining last ISR <n> of partition <tp> since unclean leader election"),
          broker(
              LogSign.UNCLEAN_ELECTION,
              "kafka.controller.OfflinePartitionLeaderSelector 0.10–1.0",
              "No broker in ISR is alive for <tp>. Elect leader <n> from live brokers"),
          broker(
              LogSign.UNCLEAN_ELECTION,
              "o.a.k.metadata.PartitionRegistration 3.x–4.x",
              "UNCLEAN partition change for <tp>"),
          broker(
              LogSign.CONTROLLER_MOVED,
              "kafka.server.ZookeeperLeaderElector 0.10–1.0",
              "<n> successfully elected as leader (kafka.server.ZookeeperLeaderElector)"),
          broker(
              LogSign.CONTROLLER_MOVED,
              "kafka.controller.KafkaController 1.1–3.9",
              "<n> successfully elected as the controller. Epoch incremented to"),
          broker(
              LogSign.CONTROLLER_MOVED,
              "o.a.k.controller.QuorumController 2.8–4.x",
              "Becoming the active controller at epoch <n>"),
          broker(
              LogSign.CONTROLLER_SILENT,
              "kafka.server.BrokerToControllerChannelManager 2.8–3.6",
              "[BrokerToControllerChannelManager <*>]"
                  + " Disconnecting from node <n> due to request timeout"),
          broker(
              LogSign.CONTROLLER_SILENT,
              "kafka.server.NodeToControllerChannelManager 3.7–4.x",
              "[NodeToControllerChannelManager <*>]"
                  + " Disconnecting from node <n> due to request timeout"),
          broker(
              LogSign.CONTROLLER_SILENT,
              "o.a.k.raft.KafkaNetworkChannel 2.8–4.x",
              "[RaftManager <*>] Disconnecting from node <n> due to request timeout"),
          broker(
              LogSign.REASSIGNMENT,
              "kafka.controller.KafkaController 0.10–2.3",
              "Handling reassignment of partition <tp> to new replicas"),
          broker(
              LogSign.REASSIGNMENT,
              "o.a.k.controller.ReplicationControlManager 2.8–4.x",
              "Successfully altered <some> out of <n> partition reassignment(s)"),
          broker(
              LogSign.REPLICA_TOO_LARGE,
              "kafka.server.ReplicaFetcherThread 0.10–4.x",
              "a message that is greater than replica.fetch.max.bytes for partition <tp>"),
          broker(
              LogSign.TOPIC_CREATED_BY_ASKING,
              "kafka.server.KafkaApis 0.10–2.7",
              "Auto creation of topic <topic> with <n> partitions and replication factor"),
          broker(
              LogSign.TOPIC_CREATED_BY_ASKING,
              "kafka.server.DefaultAutoTopicCreationManager 2.8–4.x, KRaft only",
              "Sent auto-creation request for <*>(<topic>) to the active controller"),
          broker(
              LogSign.TOPIC_CREATED_BY_ASKING,
              "kafka.server.DefaultAutoTopicCreationManager 4.x",
              "Sent auto-creation request for [<topic>] to the active controller"),
          broker(
              LogSign.PARTITIONS_ADDED,
              "kafka.controller.PartitionStateMachine 0.10–3.9",
              "New partitions to be added <*>(<tp> ->"),
          broker(
              LogSign.PARTITIONS_ADDED,
              "o.a.k.controller.QuorumController, at DEBUG",
              "CreatePartitions result(s): CreatePartitionsTopicResult("
                  + "name='<topic>', errorCode=0,"),
          broker(
              LogSign.OUT_OF_SEQUENCE,
              "kafka.log.ProducerStateManager 0.11–4.x",
              "Out of order sequence number for producer <n>"),
          broker(
              LogSign.PRODUCER_FENCED,
              "kafka.log.ProducerAppendInfo 2.x–4.x",
              "Epoch of producer <n> at offset <n> in <tp> is <n>, which is smaller than the last"),
          broker(
              LogSign.GROUP_REBALANCES,
              "kafka.coordinator.GroupCoordinator 0.10",
              "Preparing to restabilize group <group> with old generation"),
          broker(
              LogSign.GROUP_REBALANCES,
              "kafka.coordinator.group.GroupCoordinator 2.x–4.x",
              "Preparing to rebalance group <group> in state <*> with old generation"),
          broker(
              LogSign.GROUP_REBALANCES,
              "kafka.coordinator.group.GroupCoordinator 0.11–1.x",
              "Preparing to rebalance group <group> with old generation"),
          broker(
              LogSign.MEMBER_EXPELLED,
              "kafka.coordinator.group.GroupCoordinator 0.11–3.x, GroupMetadataManager 3.x–4.x",
              "in group <group> has failed, removing it from the group"),
          broker(
              LogSign.OFFSETS_LOADED_SLOWLY,
              "kafka.coordinator.GroupMetadataManager 0.10–0.11",
              "Finished loading offsets from <tp> in <seconds> milliseconds"),
          broker(
              LogSign.OFFSETS_LOADED_SLOWLY,
              "kafka.coordinator.group.GroupMetadataManager 1.0–3.9",
              "Finished loading offsets and group metadata from <tp> in <seconds> milliseconds"),
          broker(
              LogSign.OFFSETS_LOADED_SLOWLY,
              "o.a.k.coordinator CoordinatorRuntime 3.7–4.x",
              "Finished loading of metadata from <tp> with epoch <n> in <seconds>ms"),
          broker(
              LogSign.ACCESS_DENIED,
              "kafka.security.auth.SimpleAclAuthorizer 0.10–2.3",
              "Principal = User:<user> is Denied Operation ="),
          broker(
              LogSign.ACCESS_DENIED,
              "AclAuthorizer 2.4–3.9, StandardAuthorizer 3.2–4.x",
              "Principal = User:<user> is Denied operation ="));

  private static Wording broker(LogSign sign, String cited, String template) {
    return row(sign, BROKER, cited, template);
  }
}
