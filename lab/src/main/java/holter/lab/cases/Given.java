package holter.lab.cases;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** A source of evidence that Holter can be given beside the cluster's address. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum Given {
  /** The brokers' logs, a folder per broker. */
  LOGS,
  /** The clients' own logs, a file per client. */
  CLIENT_LOGS,
  /** node_exporter of every host. */
  EXPORTER,
  /** ZooKeeper's address, where there is one. */
  ZOOKEEPER,
  /** The brokers' JMX. */
  JMX
}
