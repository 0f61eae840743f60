package holter.agent;

/** Where the decisions of a {@link ClaimBook} go. None may wait. */
public interface ClaimOutlets {
  /**
   * Send by Kafka; answered once by {@link ClaimBook#kafkaAcked} or {@link ClaimBook#kafkaFailed}.
   */
  void send(Registration registration);

  /**
   * Post by HTTP; answered once by {@link ClaimBook#httpApplied}, {@link ClaimBook#httpStale} or
   * {@link ClaimBook#httpFailed}.
   */
  void post(Registration registration);

  /** Keep on disk until settled; replaces what was kept of this DTU. */
  void keep(Registration registration);

  /** Nothing need be kept of this DTU any more. */
  void settle(String dtu);

  /** Another instance owns the DTU now. */
  void lost(Registration registration, String owner);
}
