package holter.server.log;

import static holter.server.log.Wording.Origin.CLIENT;
import static holter.server.log.Wording.row;

import holter.diagnose.LogSign;
import java.util.List;

/** What consumers' logs say of their group, its coordinator and their place. */
final class ReaderWordings {
  private ReaderWordings() {}

  static final List<Wording> ALL =
      List.of(
          client(
              LogSign.GROUP_REBALANCES,
              "AbstractCoordinator 1.0–4.x",
              "groupId=<group>] Successfully joined group with generation"),
          client(
              LogSign.GROUP_REBALANCES,
              "AbstractCoordinator 0.9–0.11",
              "Successfully joined group <group> with generation"),
          client(
              LogSign.POLL_TOO_LATE,
              "AbstractCoordinator 2.0–4.x",
              "groupId=<group>]<*>consumer poll timeout has expired"),
          client(
              LogSign.COMMIT_FAILED,
              "ConsumerCoordinator 1.0–4.x",
              "groupId=<group>]<*>Commit cannot be completed since the group has already"),
          client(
              LogSign.COMMIT_FAILED,
              "ConsumerCoordinator 0.10–0.11",
              "commit failed for group <group>: Commit cannot be completed"),
          client(
              LogSign.COMMIT_FAILED,
              "CommitFailedException 0.9–4.x",
              "Commit cannot be completed since the group has already rebalanced"),
          client(
              LogSign.OFFSET_OUT_OF_RANGE,
              "Fetcher 0.9–3.x, FetchCollector 3.5–4.x",
              "is out of range for partition <tp>,"),
          client(
              LogSign.OFFSET_OUT_OF_RANGE,
              "OffsetOutOfRangeException 0.9–4.x",
              "out of range with no configured reset policy for partitions: {<tp>="),
          client(
              LogSign.OFFSET_RESET,
              "SubscriptionState 2.x–4.x",
              "Resetting offset for partition <tp> to position"),
          client(
              LogSign.OFFSET_RESET,
              "Fetcher 0.11–2.x",
              "Resetting offset for partition <tp> to offset"),
          client(
              LogSign.COORDINATOR_GONE,
              "AbstractCoordinator 0.9–0.11",
              "Marking the coordinator <*>(id: <coordinator> rack: <*>) dead for group <group>("),
          client(
              LogSign.COORDINATOR_GONE,
              "AbstractCoordinator 1.0–4.x",
              "groupId=<group>] Group coordinator <*>(id: <coordinator> rack: <*>)"
                  + " is unavailable or invalid"));

  private static Wording client(LogSign sign, String cited, String template) {
    return row(sign, CLIENT, cited, template);
  }
}
