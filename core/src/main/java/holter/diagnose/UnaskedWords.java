package holter.diagnose;

import holter.words.Phrase;

/** Who could not be asked, and why. */
public enum UnaskedWords implements Phrase {
  METADATA("metadata"),
  ZOOKEEPER("zookeeper"),
  BROKER_REACH("broker reach"),
  LOGS("logs"),
  HOSTS("hosts"),
  BROKER("broker {0}"),
  HOST("host {0}"),
  LOG_OF("log of broker {0}"),
  CLIENT_LOGS("logs of clients"),
  CLIENT_LOG("log of client {0}"),
  ORCHESTRATOR_LOG("log of the orchestrator"),
  NODE("ZooKeeper {0}"),
  JMX("JMX"),
  JMX_OF("JMX of broker {0}"),
  KUBERNETES("Kubernetes"),
  KUBE_PART("Kubernetes: {0}"),
  VANTAGE("another vantage"),
  VANTAGE_AT("vantage {0}"),
  FROM_VANTAGE("broker {0} from vantage {1}"),
  SETTINGS("settings"),
  GROUPS("consumer groups"),
  CONTROL("control of the cluster"),
  CERTIFICATES("certificates"),
  CANARY("canary records"),
  SENDERS("records of {0}"),
  CALL("Kafka call {0}"),

  NOT_CONFIGURED("nobody said where it is"),
  NO_BROKER("no broker is known"),
  NO_HOST("no host is known"),
  NO_ANSWER("no answer in {0} ms"),
  LATE("no answer in time"),
  UNKNOWN_CALL("these brokers do not know it"),
  NO_LEADER("no leader of {0} is known"),
  MORE_GROUPS("{0} more groups are there, and were not asked"),
  MORE_PLACES("{0} more partitions of groups are well, and are not told"),
  BURDENED("broker {0} answers late, and is not asked for more"),
  MANY_KEYS("more than {0} keys: they are no senders' names"),
  CUT("{0} further observations were cut"),
  FAILED("it failed: {0}"),
  INTERRUPTED("interrupted"),

  REFUSED("refused the connection"),
  UNRESOLVED("its name {0} does not resolve"),
  REJECTED("rejected the credentials"),
  UNTRUSTED("its certificate is not trusted, or it does not take ours"),
  DENIED("no right to read it ({0})"),

  NO_SESSION("refused the session: {0}"),
  BAD_ADDRESS("cannot be asked: {0}"),
  NO_IDS("no such node; is the chroot right?"),
  NODE_REFUSED("refused: {0}"),

  NO_DIRECTORY("no such directory: {0}"),
  NO_RIGHT("no right to read {0}"),
  NO_LOG("no log of it in {0}"),
  NO_LOG_OF("no log of it in {0}; looked for {1}/ and {2}/"),
  NO_DATES("no dated line in {0} under {1}"),
  NOT_READ("not read in {0} ms"),
  PARTLY_READ("only {0} MB of {1} MB in the window were read, the newest first"),
  LOG_OF_OTHER("what lies in {0} for it is the log of broker {1}"),
  SSH("ssh: {0}"),
  SSH_EXIT("ssh: exit code {0}"),
  SSH_LATE("ssh gave no answer in {0} ms"),
  NO_HOST_NAME("\"{0}\" is no host name"),

  NO_PROC("it tells nothing of /proc; is it Linux?"),
  JMX_REFUSED("its JMX port cannot be connected to"),
  JMX_LATE("its JMX gave no answer in {0} ms"),
  JMX_NOT("what answers at {0} is no JMX"),
  JMX_DENIED("its JMX wants a login"),
  NO_MBEANS("its JMX has no MBeans of a broker"),
  KUBE("the API server: {0}"),
  KUBE_ONLY("only the pods of namespace {0} may be listed"),
  KUBE_UNREAD("{0} of Kubernetes could not be read: {1}"),
  KUBE_MANY("there are more than {0}"),
  NO_TOOL("neither python3 nor bash is there"),
  ENCRYPTED("broker {0} can be connected to; its listener is encrypted, so it was asked nothing"),

  ONE_READING("only one reading so far"),
  NOT_MEASURED("not measured by the deadline"),
  IN_A_ROW("{0}, {1} times in a row"),
  NO_EXPORTER("no exporter is configured, and it is not this machine"),
  NO_NODE_EXPORTER("what answers at {0} is no node_exporter"),
  NO_URL("\"{0}\" makes no URL with {1}"),
  EXPORTER_STATUS("its exporter answered HTTP {0}"),
  EXPORTER_LATE("its exporter gave no answer in {0} ms"),
  EXPORTER_REFUSED("its exporter cannot be connected to"),
  EXPORTER_UNRESOLVED("its name does not resolve"),
  EXPORTER_FAILED("its exporter failed: {0}");

  private final String english;

  UnaskedWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
