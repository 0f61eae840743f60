package holter.engine;

import holter.channel.PathState;
import holter.detect.DeathProof;
import holter.detect.Verdict;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.fleet.InstanceId;
import holter.fleet.SenderKind;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the engine itself has seen, as observations beside the collected ones. */
final class OwnEvidence {
  private static final int SILENT_MAX = 200;
  private static final int PROBED_MAX = 60;
  private static final String US = "holter";

  private final World world;

  OwnEvidence(World world) {
    this.world = world;
  }

  /** Everything as of now. */
  List<Observation> seen(long nowMs) {
    var seen = new ArrayList<Observation>();
    paths(seen, nowMs);
    members(seen, nowMs);
    var map = world.channel().map();
    if (map != null) {
      seen.add(new Observation(Source.METADATA, US, map.asOfMs(), new Fact.Metadata(map)));
    }
    return seen;
  }

  private void paths(List<Observation> seen, long nowMs) {
    var channel = world.channel();
    for (int p : channel.partitions()) {
      int leader = channel.leaderOf(p);
      if (!(channel.state(p) instanceof PathState.Unknown)) {
        var fact = new Fact.PathSeen(p, leader, channel.state(p));
        seen.add(new Observation(Source.LANES, "lane-" + p, nowMs, fact));
      }
      var sums = channel.fleetSums(p, nowMs);
      if (sums.reporters() > 0) {
        var fact =
            new Fact.SendReports(
                p, leader, sums.reporters(), sums.acked(), sums.failed(), sums.ackMsMax());
        seen.add(new Observation(Source.INSTANCE_REPORTS, "fleet", nowMs, fact));
      }
    }
  }

  private void members(List<Observation> seen, long nowMs) {
    var table = world.fleet().table();
    var silent = new ArrayList<InstanceId>();
    Map<Integer, Integer> byPartition = new HashMap<>();
    Map<String, Integer> silentByHost = new HashMap<>();
    Map<String, Integer> beatingByHost = new HashMap<>();
    int beating = 0;
    for (int row = 0; row < world.fleet().rowsEnd(); row++) {
      boolean rests = world.fleet().rests(row);
      var member = rests ? null : world.fleet().at(row);
      if (member == null && !rests) {
        continue;
      }
      String host = table.host(row);
      if (member == null) {
        beating++;
        if (!host.isEmpty()) {
          beatingByHost.merge(host, 1, Integer::sum);
        }
        continue;
      }
      if (member.silent() || dead(member)) {
        if (silent.size() < SILENT_MAX) {
          silent.add(table.id(row));
        }
        if (!host.isEmpty()) {
          silentByHost.merge(host, 1, Integer::sum);
        }
        int partition =
            table.kind(row) == SenderKind.FOREIGN_KEYED ? table.slotPartition(row, 1) : -1;
        if (partition >= 0) {
          byPartition.merge(partition, 1, Integer::sum);
        }
        probed(seen, row, member);
      } else if (member.verdict instanceof Verdict.Alive) {
        beating++;
        if (!host.isEmpty()) {
          beatingByHost.merge(host, 1, Integer::sum);
        }
      }
    }
    var fact = new Fact.Silence(silent, beating, byPartition, silentByHost, beatingByHost);
    seen.add(new Observation(Source.BEATS, US, nowMs, fact));
  }

  private static boolean dead(Member member) {
    return member.verdict instanceof Verdict.Dead
        || member.verdict instanceof Verdict.Backoff
        || member.verdict instanceof Verdict.Quarantined;
  }

  private void probed(List<Observation> seen, int row, Member member) {
    var latest = member.asked.latest();
    if (latest != null && seen.size() < PROBED_MAX) {
      var id = world.fleet().table().id(row);
      seen.add(
          new Observation(
              Source.INSTANCE_PROBES,
              US,
              member.asked.latestAskedMs(),
              new Fact.WorkerProbed(id, latest)));
    }
  }

  /** A death as an observation; its source is the kind of proof. */
  static Observation death(InstanceId id, DeathProof proof, long nowMs) {
    var source =
        switch (proof) {
          case EXIT_EVENT -> Source.RUNNER;
          case PORT_REFUSED, HUNG -> Source.INSTANCE_PROBES;
          case HOST_GONE -> Source.BROKER_LOGS;
          case SILENCE, IDLE -> Source.BEATS;
        };
    return new Observation(source, US, nowMs, new Fact.WorkerDead(id, Sentence.of(proof)));
  }
}
