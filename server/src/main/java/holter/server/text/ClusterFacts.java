package holter.server.text;

import holter.diagnose.ClusterFact;

/** What a cluster's own calls said, as sentences. */
final class ClusterFacts {
  private final Tongue tongue;
  private final Figures figures;

  ClusterFacts(Tongue tongue, Figures figures) {
    this.tongue = tongue;
    this.figures = figures;
  }

  String say(ClusterFact fact) {
    return switch (fact) {
      case ClusterFact.Configured set ->
          tongue.say(FactWord.CONFIGURED, set.scope().name(), set.of(), set.key(), set.value());
      case ClusterFact.Called call ->
          tongue.say(
              call.code().isEmpty() ? FactWord.CALL_ANSWERED : FactWord.CALL_FAILED,
              call.call(),
              call.of(),
              figures.ms(call.ms()),
              call.code());
      case ClusterFact.ControllerSeen seen ->
          seen.brokerId() < 0
              ? tongue.say(FactWord.CONTROLLER_NONE, seen.via())
              : tongue.say(FactWord.CONTROLLER, seen.brokerId(), seen.via());
      case ClusterFact.GroupSeen group ->
          tongue.say(
              FactWord.GROUP,
              group.group(),
              group.state(),
              group.members(),
              group.coordinatorId() < 0 ? figures.unknown() : group.coordinatorId(),
              group.memberships());
      case ClusterFact.GroupLag lag ->
          tongue.say(
              FactWord.GROUP_LAG,
              lag.group(),
              lag.topic() + "-" + lag.partition(),
              lag.committed() < 0 ? tongue.say(FactWord.NONE) : lag.committed(),
              lag.startOffset(),
              lag.endOffset());
      case ClusterFact.SenderSeen seen ->
          tongue.say(
              FactWord.SENDER,
              seen.sender(),
              seen.records(),
              seen.partitions(),
              figures.ms(seen.everyMs()),
              figures.ms(seen.silentMs()),
              seen.others());
      case ClusterFact.LogDirSeen dir ->
          tongue.say(
              dir.error().isEmpty() ? FactWord.LOG_DIR : FactWord.LOG_DIR_FAILED,
              dir.brokerId(),
              dir.directory(),
              dir.partitions().size(),
              dir.error());
      case ClusterFact.Reassigning move ->
          tongue.say(
              FactWord.REASSIGNING, move.topic(), move.partition(), move.adding(), move.removing());
      case ClusterFact.TransactionOpen open ->
          tongue.say(
              FactWord.TRANSACTION_OPEN,
              open.topic() + "-" + open.partition(),
              open.producerId(),
              figures.ms(open.openMs()));
      case ClusterFact.CertificateSeen seen ->
          tongue.say(
              seen.problem().isEmpty() ? FactWord.CERTIFICATE : FactWord.CERTIFICATE_BAD,
              seen.address(),
              figures.time(seen.fromWallMs()),
              figures.time(seen.untilWallMs()),
              seen.problem());
    };
  }
}
