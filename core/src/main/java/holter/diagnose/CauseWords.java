package holter.diagnose;

import holter.words.Phrase;

/** The claims that speak for and against causes. */
public enum CauseWords implements Phrase {
  PATHS_SICK("partitions {0} are sick ({1}) and point at broker {2}"),
  PATH_SICK("partition {0} is sick ({1}) and points at broker {2}"),
  PATHS_HEALTHY("all {0} probed paths are healthy from here"),
  ONE_BROKER_ONLY("only paths over broker {0} are sick, others are healthy from the same place"),
  SOME_PATHS_ONLY("only partitions {0} are sick, others are healthy from the same place"),
  ONE_PATH_ONLY("only partition {0} is sick, others are healthy from the same place"),
  ALL_PATHS_SICK("every path is sick from here"),
  REFUSES("{0} refuses connections: its host is up and nobody listens"),
  CONNECTS("{0} takes connections, so a process listens there"),
  SERVES("partition {0} is healthy, and broker {1} leads it: the broker works"),
  SILENT("{0} takes a connection and does not answer a small request"),
  ANSWERS("{0} answers a small request in {1} ms"),
  ANSWERS_LATE("{0} answers even a small request late, in {1} ms"),
  ALL_ANSWER("all {0} brokers answer"),
  NOT_REGISTERED("broker {0} is no longer registered ({1})"),
  REGISTERED("broker {0} is registered, unchanged since {1} s"),
  LISTED("broker {0} is still listed as alive by {1}"),
  PEERS_REFUSED("brokers {0} log that broker {1} refuses their connections"),
  PEERS_NO_ANSWER("brokers {0} log that broker {1} took their requests and did not answer"),
  FENCED("broker {0} was fenced by the controller"),
  EJECTS_MANY("the log of broker {0} shows it ejecting {1} followers: the common end is itself"),
  WOKE_UP("broker {0} complained about {1} brokers in one second: it had just woken up"),
  NO_COMPLAINTS("the logs of {0} brokers were read, none complains about another"),
  LOG_GAP("the log of broker {0} has a gap of {1} ms"),
  LOG_GOES_ON("broker {0} wrote to its log {1} s after the sickness began: it runs"),
  NIC_FULL("the network of host {0} is full: {1} of {2} kB/s"),
  NIC_ABOVE_PEERS("the network of host {0} carries {1} kB/s, its peers {2} kB/s"),
  NIC_CALM("the network of host {0} is calm: {1} kB/s, its peers {2} kB/s"),
  SCRAPE_SLOW("host {0} answers its metrics in {1} ms, its peers in {2} ms"),
  SCRAPE_FAST("host {0} answers its metrics in {1} ms: its network passes"),
  HOST_UNANSWERED("host {0} did not answer for its metrics, its peers did"),
  CPU_BUSY("the processors of host {0} are busy to {1} %"),
  DISK_BUSY("the disk of host {0} is busy to {1} %"),
  WORKERS_THERE_SILENT("{0} workers on host {1} are silent, {2} elsewhere beat"),
  SILENT_ON_ONE_HOST("all {0} silent workers with a known host are on {1}; {2} elsewhere beat"),
  SILENT_SPREAD("silent workers are on {0} hosts"),
  REPORTS_ONE_LEADER("{0} instances report failing sends to broker {1}"),
  REPORTS_MANY_LEADERS("instances report failing sends to {0} brokers that are healthy from here"),
  WORKER_HAS_ACKS("{0} answers and had an acknowledgement {1} ms ago: Kafka works from there"),
  WORKER_ANSWERS("{0} is silent and answers with progress when asked"),
  WORKER_DEAD("{0}: {1}"),
  WORKER_EXITED("{0}: the runner reports its exit with code {1}"),
  WORKER_REFUSED("{0}: its host refuses its port"),
  OTHERS_BEAT("{0} other workers beat"),
  NOBODY_DEAD("no death is proved or inferred"),
  LOGGED("the log of {0}: {1}, {2} times"),
  MEASURED("{0}: {1} is {2}"),
  CODED("{0} of {1} is answered with {2}"),
  CONFIGURED("{0}: {1} is {2}");

  private final String english;

  CauseWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
