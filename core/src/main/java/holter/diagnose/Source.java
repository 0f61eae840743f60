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
  CANARY
}
