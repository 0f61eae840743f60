package holter.server.kafka;

/** A record that cannot be read as a beat; the message says why, in a few words. */
final class GarbledBeat extends Exception {
  GarbledBeat(String why) {
    super(why, null, false, false); // expected and frequent when it happens: no stack trace
  }
}
