package holter.server.report;

import holter.diagnose.Source;
import holter.words.Phrase;

/** What the record itself says, around what the engine found. */
enum RecordWord implements Phrase {
  TITLE("Incident {0}: {1}"),
  CAUSE_OPEN("cause not found yet"),
  CLUSTER("Cluster"),
  BEGAN("Began"),
  NOTICED("Noticed"),
  CLOSED("Closed"),
  STILL_OPEN("still open, {0} so far"),
  AFTER("{0}, after {1}"),
  COMMA(", "),
  HEADLINE("{0}: {1} ({2})"),
  HEADLINE_OPEN("{0}: {1}"),
  CAUSE_HEAD("{0}: {1}, {2}"),
  SUBJECT("Subject"),
  VERDICT("Verdict"),
  VERDICT_CHANNEL("CHANNEL: do not restart the instances that fell silent"),
  VERDICT_INSTANCE("INSTANCE: the channel is healthy"),
  VERDICT_BOTH("BOTH: the channel is sick, and an instance is dead for a cause of its own"),
  VERDICT_OPEN("INCONCLUSIVE: hold restarts"),
  WHAT_HAPPENED("What happened"),
  SICK_FROM("From {0} on, the heartbeat path over {1} was sick."),
  PARTITION("partition {0}"),
  PARTITIONS("partitions {0}"),
  BROKER_ON("The broker to look at is {0}, on host {1}."),
  BROKER_IS("The broker to look at is {0}."),
  INSTANCES_HIT("Instances concerned: {0}."),
  HELD_COUNT("Restarts held: {0}, for {1} instances."),
  DONE_COUNT("Restarts done: {0}; of these the process was in truth running and healthy: {1}."),
  DONE_NONE("No restart was done."),
  CAUSE_IS("Cause: {0} ({1}, {2})."),
  CHAIN("Chain"),
  ONE_INSTANCE("{0} instance"),
  INSTANCES("{0} instances"),
  BROKER("broker {0}"),
  HOST("host {0}"),
  CAUSES("Causes"),
  SPEAKS_FOR("Speaks for it:"),
  SPEAKS_AGAINST("Speaks against it:"),
  NOTHING("nothing"),
  REMEDIES("Remedies"),
  RULED_OUT("Ruled out"),
  CAUSE("Cause"),
  BY("By"),
  NOT_ASKED("Could not be asked"),
  WOULD_SETTLE("What would settle it"),
  HELD("Restarts held"),
  DONE("Restarts done"),
  INSTANCE("Instance"),
  FROM("From"),
  UNTIL("Until"),
  WHY("Why"),
  TIME("Time"),
  TRUTH("The process was"),
  STILL_HELD("still held"),
  TRUTH_EXITED("exited"),
  TRUTH_STOPPED("stopped"),
  TRUTH_HUNG("running, hung"),
  TRUTH_HEALTHY("running and healthy: a false restart"),
  TRUTH_UNKNOWN("unknown"),
  TIMELINE("Timeline"),
  WHAT("What"),
  EVIDENCE("Evidence"),
  SOURCE("Source"),
  SEEN("Seen"),
  ALSO_SEEN("Also seen"),
  MORE("{0} more are in the store."),
  CONFIDENCE_NOTE(
      "Confidence is by rule: confirmed needs two independent kinds of witness and no live rival;"
          + " likely has one; the number comes after the word. Times are of Holter's clock unless"
          + " a log says them."),
  SOURCE_BEATS("beats"),
  SOURCE_LANES("probe lanes"),
  SOURCE_INSTANCE_REPORTS("instances' send results"),
  SOURCE_INSTANCE_PROBES("probes of instances"),
  SOURCE_RUNNER("runner"),
  SOURCE_METADATA("Kafka metadata"),
  SOURCE_ZOOKEEPER("ZooKeeper"),
  SOURCE_BROKER_REACH("connection to brokers"),
  SOURCE_BROKER_LOGS("broker logs"),
  SOURCE_HOST_METRICS("host metrics"),
  SOURCE_CANARY("canary"),
  SOURCE_ADMIN("Kafka admin calls"),
  SOURCE_CLIENT_LOGS("client logs"),
  SOURCE_COLLECTOR_LOGS("garbage collector logs"),
  SOURCE_JMX("JMX"),
  SOURCE_OTHER_VANTAGE("another vantage"),
  SOURCE_KUBERNETES("Kubernetes"),
  SOURCE_ORCHESTRATOR_LOGS("orchestrator logs"),
  SOURCE_BUNDLE("the bundle itself");

  private final String english;

  RecordWord(String english) {
    this.english = english;
  }

  /** Of a kind of source. */
  static RecordWord of(Source source) {
    return switch (source) {
      case BEATS -> SOURCE_BEATS;
      case LANES -> SOURCE_LANES;
      case INSTANCE_REPORTS -> SOURCE_INSTANCE_REPORTS;
      case INSTANCE_PROBES -> SOURCE_INSTANCE_PROBES;
      case RUNNER -> SOURCE_RUNNER;
      case METADATA -> SOURCE_METADATA;
      case ZOOKEEPER -> SOURCE_ZOOKEEPER;
      case BROKER_REACH -> SOURCE_BROKER_REACH;
      case BROKER_LOGS -> SOURCE_BROKER_LOGS;
      case HOST_METRICS -> SOURCE_HOST_METRICS;
      case CANARY -> SOURCE_CANARY;
      case ADMIN -> SOURCE_ADMIN;
      case CLIENT_LOGS -> SOURCE_CLIENT_LOGS;
      case COLLECTOR_LOGS -> SOURCE_COLLECTOR_LOGS;
      case JMX -> SOURCE_JMX;
      case OTHER_VANTAGE -> SOURCE_OTHER_VANTAGE;
      case KUBERNETES -> SOURCE_KUBERNETES;
      case ORCHESTRATOR_LOGS -> SOURCE_ORCHESTRATOR_LOGS;
      case BUNDLE -> SOURCE_BUNDLE;
    };
  }

  @Override
  public String english() {
    return english;
  }
}
