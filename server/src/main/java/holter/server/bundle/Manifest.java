package holter.server.bundle;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code bundle.yaml} says of a bundle.
 *
 * @param format version of the format
 * @param holter version of the Holter that wrote it; empty when a person did
 * @param collectedWallMs when it was collected, by the collector's wall clock; −1 not told
 * @param engineMs engine time of the diagnosis, which is the "now" of it; −1 not told
 * @param logsFromWallMs logs are read from here on; −1: from {@link #LOGS_BACK_MS} before
 * @param zone of the brokers' logs and consoles, and of the times that are printed
 * @param topic that carries the heartbeats
 * @param told what the user said of it; may be empty
 * @param notAsked what was not asked, in the collector's words
 * @param brokers broker ids and their {@code host:port}, where no other part tells them
 */
public record Manifest(
    int format,
    String holter,
    long collectedWallMs,
    long engineMs,
    long logsFromWallMs,
    ZoneId zone,
    String topic,
    String told,
    List<String> notAsked,
    Map<Integer, String> brokers) {
  /** The format that this Holter writes. */
  public static final int FORMAT = 1;

  /** What was logged longer ago is about something else, unless the manifest says so. */
  public static final long LOGS_BACK_MS = 6 * 3_600_000L;

  public static final String TOPIC = "HeartBeat";

  public Manifest {
    notAsked = List.copyOf(notAsked);
    brokers = Collections.unmodifiableMap(new TreeMap<>(brokers)); // an order that never changes
  }

  /** Of a bundle whose own could not be read. */
  static Manifest none() {
    return new Manifest(FORMAT, "", -1, -1, -1, ZoneOffset.UTC, TOPIC, "", List.of(), Map.of());
  }

  /** Of what was collected just now. */
  public static Manifest of(String holter, long wallMs, long engineMs, ZoneId zone, String topic) {
    return new Manifest(FORMAT, holter, wallMs, engineMs, -1, zone, topic, "", List.of(), Map.of());
  }

  /** Of another time. */
  public Manifest at(long ms) {
    return new Manifest(
        format, holter, collectedWallMs, ms, logsFromWallMs, zone, topic, told, notAsked, brokers);
  }

  /** With what was not asked. */
  public Manifest notAsking(List<String> what) {
    return new Manifest(
        format,
        holter,
        collectedWallMs,
        engineMs,
        logsFromWallMs,
        zone,
        topic,
        told,
        what,
        brokers);
  }

  /** About another name of the topic, as it stands in what is saved. */
  Manifest topic(String name) {
    return new Manifest(
        format,
        holter,
        collectedWallMs,
        engineMs,
        logsFromWallMs,
        zone,
        name,
        told,
        notAsked,
        brokers);
  }
}
