package holter.detect;

import holter.words.Phrase;

/** Why an instance could not be asked at all. */
public enum ProbeWords implements Phrase {
  NO_ADDRESS("it told no address"),
  ALREADY("it is being asked already"),
  SPENT("the probe budget is spent"),
  STOPPING("Holter is stopping"),
  NO_URL("its address is no URL"),
  NOT_HTTP("its address is not http://host:port"),
  NO_PORT("its port is none"),
  UNRESOLVED("its host name {0} cannot be resolved"),
  NOT_ALLOWED("its address is outside instances.probeAllow"),
  STATUS("answers {0}"),
  NO_BEAT_AGE("its answer tells no beatAgeMs"),
  NO_JSON("its answer is no JSON");

  private final String english;

  ProbeWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
