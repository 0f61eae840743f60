package holter.server.text;

import holter.words.Phrase;

/** How each kind of observed fact is told. */
public enum FactWord implements Phrase {
  METADATA("{0} brokers, {1} partitions of {2}, told by {3}"),
  PATH_HEALTHY("path of partition {0} (leader {1}) is healthy"),
  PATH_SICK("path of partition {0} (leader {1}) is sick: {2}; broker to look at: {3}"),
  PATH_SICK_SOMEWHERE("path of partition {0} (leader {1}) is sick: {2}"),
  PATH_UNKNOWN("path of partition {0} (leader {1}) is unknown: {2}"),
  REACH_ANSWERED("broker {0} at {1} answered in {3} (connected in {2})"),
  REACH_SLOW("broker {0} at {1} answered late, in {3} (connected in {2})"),
  REACH_SILENT("broker {0} at {1} took the connection in {2} and gave no answer"),
  REACH_REFUSED("broker {0} at {1} refused the connection"),
  REACH_DARK("broker {0} at {1} did not answer the connect"),
  REACH_CLOSED("broker {0} at {1} closed the connection at once"),
  REACH_UNRESOLVED("broker {0}: the name in {1} could not be resolved"),
  REGISTERED("broker {0} ({1}:{2}) is registered since {3}; its clock is {4} ms ahead"),
  NOT_REGISTERED("broker {0} is missing from {1}"),
  COMPLAINT_NO_ANSWER("broker {0} on broker {1}, {2}: connected, answer missing ({3})"),
  COMPLAINT_REFUSED("broker {0} on broker {1}, {2}: connection refused ({3})"),
  COMPLAINT_CONNECT_TIMEOUT("broker {0} on broker {1}, {2}: connect timed out ({3})"),
  COMPLAINT_ISR_EJECTED("broker {0} ejected broker {1} from an ISR {2} ({3})"),
  COMPLAINT_FENCED("controller {0} fenced or removed broker {1} {2} ({3})"),
  ONCE("once"),
  TIMES("{0} times"),
  LOG_SHAPE("log of broker {0} ends at {1}; longest gap {2}"),
  HOST_LOAD(
      "host {0} receives {1}, sends {2} of {3}; CPU {4}, disk {5}, memory available {6};"
          + " told in {7}"),
  SEND_REPORTS(
      "partition {0} (leader {1}): {2} senders report {3} acknowledged, {4} failed, slowest {5}"),
  SILENCE("{0} silent, {1} beating; silent by partition: {2}; silent by host: {3}"),
  PROBE_ANSWERED("{0} answered: incarnation {1}, beat loop turned {2} ago, last ack {3} ago"),
  PROBE_REFUSED("{0}: its host refused the connection"),
  PROBE_HOST_ANSWERED("{0} gave no answer, while its host answered something else"),
  PROBE_HOST_SILENT("{0} gave no answer, and its host answered nothing else"),
  PROBE_NOT_ASKED("{0} could not be asked: {1}"),
  WORKER_EXITED("{0} ended with exit code {1}"),
  WORKER_DEAD("{0} is dead: {1}"),
  LOGGED("log of {0}: {1}, {2} ({3})"),
  COLLECTOR_PAUSES("collector of broker {0}: {1} pauses, the longest {2}, {3} of the time"),
  MEASURED("{0}: {1} is {2}"),
  CANARY_SENT("a record to partition {0} (leader {1}) with acks={2} was acknowledged in {3}"),
  CANARY_FAILED("a record to partition {0} (leader {1}) with acks={2} ended with {4} after {3}"),
  REACHED_FROM("from {0}, broker {1} at {2}: {3}, answer in {4}"),
  CONFIGURED("{0} {1}: {2} is {3}"),
  CALL_ANSWERED("{0} of {1} was answered in {2}"),
  CALL_FAILED("{0} of {1} was answered with {3} after {2}"),
  CONTROLLER("the controller is broker {0}, told by {1}"),
  CONTROLLER_NONE("{0} knows of no controller"),
  GROUP("group {0} is {1} with {2} members, coordinator {3}; its members changed {4} times"),
  GROUP_LAG("group {0} on {1}: committed {2}, the log has {3} to {4}"),
  SENDER(
      "{0}: {1} records in partitions {2}, one every {3}; none for the last {4}, in which {5}"
          + " others sent there"),
  LOG_DIR("broker {0}, directory {1}: {2} partitions"),
  LOG_DIR_FAILED("broker {0}, directory {1}: {3}"),
  REASSIGNING("{0}-{1} is being reassigned: to {2}, away from {3}"),
  TRANSACTION_OPEN("a transaction of producer {1} on {0} is open for {2}"),
  CERTIFICATE("the certificate at {0} is valid from {1} to {2}"),
  CERTIFICATE_BAD("the certificate at {0} (from {1} to {2}): {3}"),
  NODE("node {0}: conditions {1}, disk {2}"),
  NODE_CORDONED("node {0} is cordoned since {3}: conditions {1}, disk {2}"),
  POD("pod {0} on {1}: {2} restarts, last ended by {3}; may run on {4}; network {5}"),
  KUBE_EVENT("{0} {1}: {2}, {3} ({4})"),
  ANY_NODE("any node"),
  UNASKED("{0} could not be asked: {1}"),
  UNKNOWN("unknown"),
  NONE("none"),
  NEVER("never");

  private final String english;

  FactWord(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
