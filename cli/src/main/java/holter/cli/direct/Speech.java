package holter.cli.direct;

import holter.channel.ClusterMap;
import holter.cli.direct.Finding.Result;
import holter.diagnose.UnaskedWords;
import holter.server.text.Tongue;
import holter.words.Sentence;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a check speaks: in the user's language, naming brokers with their addresses.
 *
 * @param map where brokers' addresses are looked up
 * @param chinese whether in Chinese
 */
record Speech(ClusterMap map, boolean chinese) {
  String say(Word word, Object... args) {
    return word.say(chinese, args);
  }

  Tongue tongue() {
    return chinese ? Tongue.ZH : Tongue.EN;
  }

  /** A broker with its address, where the map knows it. */
  String broker(String id) {
    return map.brokers().stream()
        .filter(b -> Integer.toString(b.id()).equals(id))
        .map(b -> b.id() + " (" + b.address() + ")")
        .findFirst()
        .orElse(id);
  }

  /** A source's line when nothing of it was seen; else what is fine about it. */
  String summary(Word fine, List<Finding> findings, String option) {
    long known = findings.stream().filter(f -> f.result() == Result.PASS).count();
    String why =
        findings.stream()
            .filter(f -> f.result() == Result.UNKNOWN)
            .map(Finding::message)
            .findFirst()
            .orElse("");
    if (findings.isEmpty()) return say(Word.NOT_CHECKED, say(Word.NO_WORD));
    if (known > 0 || why.isEmpty()) return say(fine, known);
    return why.equals(tongue().say(Sentence.of(UnaskedWords.NOT_CONFIGURED)))
        ? say(Word.NOT_CHECKED, why) + " (" + option + ")"
        : say(Word.NOT_CHECKED, why);
  }

  Finding pass(String subject, String message) {
    return new Finding(Result.PASS, subject, message, "");
  }

  Finding warn(String subject, String message, String hint) {
    return new Finding(Result.WARN, subject, message, hint);
  }

  Finding fail(String subject, String message, String hint) {
    return new Finding(Result.FAIL, subject, message, hint);
  }

  Finding unknown(String subject, Sentence why) {
    return unknown(subject, tongue().say(why));
  }

  Finding unknown(String subject, String why) {
    return new Finding(Result.UNKNOWN, subject, why, "");
  }

  String figure(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
  }

  String list(Collection<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
