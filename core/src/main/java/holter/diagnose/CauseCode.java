package holter.diagnose;

import holter.words.Phrase;

/** The catalogue's entries. */
public enum CauseCode implements Phrase {
  F01("broker process dead"),
  F02("broker process frozen"),
  F03("host dark"),
  F04("host network saturated"),
  F05("broker session flapping"),
  F06("leader without a mandate"),
  F07("host starved of processor time"),
  F08("long garbage collections"),
  F09("host short of memory"),
  F10("broker killed for memory again and again"),
  F11("broker out of file descriptors"),
  F12("connection limit reached"),
  F13("broker's request queue saturated"),
  F14("broker recovering its logs"),
  F15("disk full"),
  F16("disk slow"),
  F17("log directory offline"),
  F18("replica corrupt or stuck"),
  F19("unread data deleted by retention"),
  F20("compacted topic refuses or drops records"),
  F21("tiered storage unavailable"),
  F22("client-side network sick"),
  F23("link between two brokers cut"),
  F24("network passes one way only"),
  F25("broker name not resolved"),
  F26("advertised address wrong"),
  F27("idle connections cut on the way"),
  F28("too few replicas in sync"),
  F29("partition without a leader"),
  F30("unclean election lost records"),
  F31("controller stuck"),
  F32("ZooKeeper sick"),
  F33("client with stale metadata"),
  F34("hot partition or skewed leaders"),
  F35("reassignment floods the cluster"),
  F36("replicas with different limits"),
  F37("sender's buffer exhausted"),
  F38("records expired in the sender"),
  F39("sends without a trace"),
  F40("producer fenced or out of sequence"),
  F41("record too large"),
  F42("sender ended before its records were sent"),
  F43("consumer group rebalances without end"),
  F44("consumer stuck in its work"),
  F45("offsets reset or committed too early"),
  F46("consumer too slow"),
  F47("group coordinator sick"),
  F48("transaction left open"),
  F49("topic missing or made by mistake"),
  F50("number of partitions changed"),
  F51("access denied"),
  F52("login or certificate refused"),
  F53("quota holds records back"),
  F54("versions do not match"),
  F55("clocks apart"),
  F56("node evicts pods for its disk"),
  F57("node cordoned, others carry its load"),
  F58("pods pinned to one host"),
  F59("watchdog restarts healthy workers"),
  F60("worker dead, Kafka healthy");

  private final String english;

  CauseCode(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
