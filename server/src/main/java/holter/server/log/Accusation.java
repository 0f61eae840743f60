package holter.server.log;

import static holter.diagnose.ComplaintKind.CONNECT_TIMEOUT;
import static holter.diagnose.ComplaintKind.FENCED;
import static holter.diagnose.ComplaintKind.ISR_EJECTED;
import static holter.diagnose.ComplaintKind.NO_ANSWER;
import static holter.diagnose.ComplaintKind.REFUSED;

import holter.diagnose.ComplaintKind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one log entry says against one broker.
 *
 * <p>Entries are matched without any white space: console copies wrap lines anywhere, in the middle
 * of a word or a number too. The wordings are those of 0.10 to 4.x.
 *
 * @param target the broker it is said of
 */
record Accusation(int target, ComplaintKind kind) {
  private record Claim(Pattern pattern, ComplaintKind kind) {}

  /** Benign: the fetcher was retired by a leader move, nobody failed to answer. */
  private static final String RETIRED = "Clientwasshutdownbeforeresponsewasread";

  private static final List<Claim> CLAIMS =
      List.of(
          wording("Connectionto(\\d+)wasdisconnectedbeforetheresponsewasread", NO_ANSWER),
          wording("Disconnectingfromnode(\\d+)duetorequesttimeout", NO_ANSWER),
          wording("failstosendrequest.*?\\(id:(\\d+)rack:", NO_ANSWER),
          wording("Connectionto[^()]*\\(id:(\\d+)rack:[^)]*\\)failed", REFUSED),
          wording("Connectiontonode(\\d+)\\([^)]*\\)couldnotbeestablished", REFUSED),
          wording("connectiontobroker[^()]*\\(id:(\\d+)rack:[^)]*\\)wasunsuccessful", REFUSED),
          wording("Disconnectingfromnode(\\d+)duetosocketconnectionsetuptimeout", CONNECT_TIMEOUT),
          wording("Fencingbroker(\\d+)(?:atepoch\\d+)?becauseitssessionhastimedout", FENCED),
          wording("deletedbrokers:([\\d,]+),(?:bouncedbrokers|alllivebrokers)", FENCED),
          wording("Brokerfailurecallbackfor([\\d,]+)", FENCED));

  /** Each wording has one of these in it, white space aside. */
  static final List<String> ANCHORS =
      List.of(
          "wasdisconnectedbeforetheresponse",
          "duetorequesttimeout",
          "failstosendrequest",
          ")failed",
          "couldnotbeestablished",
          ")wasunsuccessful",
          "duetosocketconnectionsetuptimeout",
          "Fencingbroker",
          "deletedbrokers:",
          "Brokerfailurecallbackfor",
          "Failedtoconnectwithin",
          "ShrinkingISR",
          LogDigest.SHRINK_REFUSED);

  private static final Pattern CONNECT_WITHIN = Pattern.compile("Failedtoconnectwithin\\d+ms");
  private static final Pattern FETCHER =
      Pattern.compile("ReplicaFetcherThread-\\d+-(\\d+)|leaderId=(\\d+)");
  private static final Pattern SHRINK =
      Pattern.compile(
          "ShrinkingISR(?:forpartition\\[[^\\]]*\\])?from([\\d,]+)to([\\d,]*)(?=[^\\d,]|$)");

  /** Everything that an entry says against other brokers; each at most once. */
  static Set<Accusation> in(String entry) {
    String tight = Wording.tight(entry);
    var found = new java.util.LinkedHashSet<Accusation>();
    if (tight.contains(RETIRED)) {
      return found;
    }
    for (Claim claim : CLAIMS) {
      Matcher said = claim.pattern().matcher(tight);
      while (said.find()) {
        ids(said.group(1)).forEach(id -> found.add(new Accusation(id, claim.kind())));
      }
    }
    if (CONNECT_WITHIN.matcher(tight).find()) {
      Matcher whom = FETCHER.matcher(tight);
      if (whom.find()) {
        String id = whom.group(1) == null ? whom.group(2) : whom.group(1);
        ids(String.valueOf(id)).forEach(to -> found.add(new Accusation(to, CONNECT_TIMEOUT)));
      }
    }
    Matcher shrink = SHRINK.matcher(tight);
    while (shrink.find()) {
      var ejected = new TreeSet<>(ids(shrink.group(1)).toList());
      ejected.removeAll(ids(shrink.group(2)).toList());
      ejected.forEach(id -> found.add(new Accusation(id, ISR_EJECTED)));
    }
    return found;
  }

  private static Stream<Integer> ids(String list) {
    return Arrays.stream(list.split(",", -1))
        .filter(id -> !id.isEmpty() && id.length() < 10)
        .map(Integer::parseInt);
  }

  private static Claim wording(String pattern, ComplaintKind kind) {
    return new Claim(Pattern.compile(pattern), kind);
  }
}
