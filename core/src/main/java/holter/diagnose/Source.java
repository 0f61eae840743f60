package holter.diagnose;

/** Where an observation comes from. */
public enum Source {
  BEATS,
  LANES,
  INSTANCE_REPORTS,
  INSTANCE_PROBES,
  RUNNER,
  METADATA,
  ZOOKEEPER,
  BROKER_REACH,
  BROKER_LOGS,
  HOST_METRICS,
  CANARY,
  ADMIN,
  CLIENT_LOGS,
  COLLECTOR_LOGS,
  JMX,
  OTHER_VANTAGE,
  KUBERNETES,
  ORCHESTRATOR_LOGS,
  /** Of a bundle itself: what in it could not be read. */
  BUNDLE
}
