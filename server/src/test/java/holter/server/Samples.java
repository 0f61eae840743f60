package holter.server;

import holter.channel.PathState;
import holter.channel.Sickness;
import holter.detect.DeathProof;
import holter.detect.HoldReason;
import holter.detect.ProbeOutcome;
import holter.diagnose.CauseCode;
import holter.diagnose.ComplaintKind;
import holter.diagnose.Confidence;
import holter.diagnose.Diagnosis;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Reach;
import holter.diagnose.Source;
import holter.diagnose.Subject;
import holter.engine.Incident;
import holter.fleet.InstanceId;
import holter.words.Phrase;
import holter.words.Sentence;
import java.util.List;
import java.util.Map;

/** An incident as the engine would hand it out, with every kind of part. */
public final class Samples {
  /** 2023-02-02 18:05:41.431 +08:00. */
  public static final long ONSET = 1_675_332_341_431L;

  private Samples() {}

  /** Phrases of the samples. */
  public enum Said implements Phrase {
    RELIEVE("relieve host {0} of its byte-hungry pods"),
    SATURATED("{0} of {1} per second are used on {2}");

    private final String english;

    Said(String english) {
      this.english = english;
    }

    @Override
    public String english() {
      return english;
    }
  }

  public static Incident saturatedHost() {
    Observation load =
        new Observation(
            Source.HOST_METRICS,
            "iota-n2",
            ONSET + 4_000,
            new Fact.HostLoad("iota-n2", 2.1e6, 118.2e6, 125e6, 0.61, Double.NaN, 0.32, 1_412));
    Observation reach =
        new Observation(
            Source.BROKER_REACH,
            "holter",
            ONSET + 4_200,
            new Fact.BrokerReach(1001, "iota-n2:6667", Reach.SLOW, 212, 1_830));
    Observation complaint =
        new Observation(
            Source.BROKER_LOGS,
            "1002",
            ONSET + 4_500,
            new Fact.Complaint(
                1002,
                1001,
                ComplaintKind.NO_ANSWER,
                3,
                ONSET,
                ONSET + 1_000,
                "Connection to 1001 was disconnected | <b>before</b> the response was read"));
    Observation path =
        new Observation(
            Source.LANES,
            "holter",
            ONSET + 2_100,
            new Fact.PathSeen(4, 1001, new PathState.Sick(Sickness.HANG, ONSET, 1001)));
    Observation probe =
        new Observation(
            Source.INSTANCE_PROBES,
            "dac-13",
            ONSET + 9_000,
            new Fact.WorkerProbed(new InstanceId("dac-13"), new ProbeOutcome.TimedOut(true, true)));
    Observation silence =
        new Observation(
            Source.BEATS,
            "holter",
            ONSET + 3_000,
            new Fact.Silence(
                List.of(new InstanceId("savoir-1")),
                31,
                Map.of(4, 1),
                Map.of("iota-n2", 1),
                Map.of("iota-n3", 12)));
    return new Incident(
        "inc-0001",
        ONSET,
        -1,
        new Subject(List.of(4), 1001, "iota-n2", List.of("savoir-1")),
        diagnosis(load, reach),
        List.of(
            new Incident.Event(ONSET, Sentence.of(Sickness.HANG)),
            new Incident.Event(ONSET + 8_000, Sentence.of(CauseCode.F04))),
        List.of(path, silence, load, reach, complaint, probe),
        List.of(
            new Incident.Held(
                "savoir-1", ONSET + 3_000, -1, Sentence.of(HoldReason.CHANNEL_PARTITION)),
            new Incident.Held(
                "dac-07", ONSET + 3_000, ONSET + 5_000, Sentence.of(HoldReason.CHANNEL_PARTITION))),
        List.of(
            new Incident.Restarted(
                "dac-13", ONSET + 11_000, "EXITED", Sentence.of(DeathProof.PORT_REFUSED))));
  }

  private static Diagnosis diagnosis(Observation load, Observation reach) {
    return new Diagnosis(
        List.of(
            new Diagnosis.Found(
                CauseCode.F04,
                Confidence.CONFIRMED,
                0.94,
                false,
                new Subject(List.of(4), 1001, "iota-n2", List.of()),
                List.of(
                    new Diagnosis.Cited(
                        Sentence.of(Said.SATURATED, "118 MB", "125 MB", "iota-n2"), load),
                    new Diagnosis.Cited(Sentence.of(Sickness.HANG), reach)),
                List.of(),
                List.of(Sentence.of(Said.RELIEVE, "iota-n2")))),
        List.of(
            new Diagnosis.RuledOut(
                CauseCode.F01, List.of(new Diagnosis.Cited(Sentence.of(Sickness.SLOW), reach)))),
        List.of(Sentence.of(Sickness.LEADERLESS)),
        List.of());
  }

  /** The same incident, closed ten minutes after its onset. */
  public static Incident closed(Incident open) {
    return new Incident(
        open.id(),
        open.openedAtMs(),
        ONSET + 600_000,
        open.subject(),
        open.diagnosis(),
        open.timeline(),
        open.evidence(),
        open.held(),
        open.restarted());
  }
}
