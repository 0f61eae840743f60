package holter.lab.broker;

/**
 * A broker.
 *
 * @param id as the cluster knows it, from 1001 on as in the incident
 * @param host the emulated host it runs on
 */
public record BrokerSpec(int id, String host) {}
