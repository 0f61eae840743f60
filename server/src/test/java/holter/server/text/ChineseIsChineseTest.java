package holter.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.PathWords;
import holter.channel.Sickness;
import holter.detect.DeathProof;
import holter.detect.ProbeWords;
import holter.detect.RestartTruth;
import holter.detect.VerdictWords;
import holter.diagnose.UnaskedWords;
import holter.words.Phrase;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Says every phrase in Chinese, its gaps filled with what the product fills them with. */
final class ChineseIsChineseTest {
  /** Names of things, units, and what the user types or reads elsewhere in the same letters. */
  private static final Set<String> NAMES =
      Set.of(
          "Holter",
          "Kafka",
          "ZooKeeper",
          "broker",
          "Broker",
          "Leader",
          "follower",
          "ISR",
          "Pod",
          "HTTP",
          "http",
          "URL",
          "kB",
          "MB",
          "JSON",
          "CPU",
          "ms",
          "s",
          "ssh",
          "chroot",
          "exporter",
          "node_exporter",
          "beatAgeMs",
          "instances.probeAllow",
          "acks",
          "ACL",
          "advertised.listeners",
          "remedies.autoKinds",
          "all",
          "hosts",
          "min.insync.replicas",
          "DNS",
          "ID",
          "inode",
          "Kubernetes",
          "NETWORK_EXCEPTION",
          "SASL",
          "TCP",
          "TLS",
          "API",
          "JMX",
          "Linux",
          "MBean",
          "proc",
          "bash",
          "python");

  private static final Pattern GAP = Pattern.compile("\\{(\\d{1,2})}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_.]*");

  /** A number, which is also what an id or a rule's number looks like here. */
  private static final Object NUMBER = 7;

  private static final Sentence WHY = Sentence.of(VerdictWords.SILENT, 4, 3, 2);
  private static final Sentence UNASKED =
      Sentence.of(UnaskedWords.IN_A_ROW, Sentence.of(UnaskedWords.EXPORTER_LATE, 3000), 8);
  private static final Sentence WHO = Sentence.of(UnaskedWords.LOG_OF, 1004);
  private static final List<Sickness> KINDS = List.of(Sickness.HANG, Sickness.ISR);
  private static final Sentence PATH = Sentence.of(PathWords.NO_SAMPLE, 3000);

  /** The gaps that hold something said; all others hold numbers, ids and names. */
  private static final Map<String, Object[]> SAID =
      Map.ofEntries(
          said("VerdictWords.ORDERED", WHY),
          said("VerdictWords.ADVISED", WHY),
          said("VerdictWords.RESTART_DONE", RestartTruth.HUNG),
          said("PathWords.UNKNOWN", PATH),
          said("IncidentWords.PATH_SICK", NUMBER, Sickness.ISR, NUMBER, NUMBER, NUMBER),
          said("IncidentWords.DIED", NUMBER, DeathProof.PORT_REFUSED),
          said("IncidentWords.RESTARTED", NUMBER, RestartTruth.EXITED),
          said("CauseWords.PATHS_SICK", NUMBER, KINDS, NUMBER),
          said("CauseWords.WORKER_DEAD", NUMBER, Sentence.of(DeathProof.HUNG)),
          said("RemedyWords.NOT_ASKED", WHO, UNASKED),
          said("FactWord.UNASKED", WHO, UNASKED),
          said("FactWord.PATH_SICK", NUMBER, NUMBER, Sickness.HANG, NUMBER),
          said("FactWord.PATH_UNKNOWN", NUMBER, NUMBER, PATH),
          said("FactWord.PROBE_NOT_ASKED", NUMBER, Sentence.of(ProbeWords.NOT_ALLOWED)),
          said("FactWord.WORKER_DEAD", NUMBER, Sentence.of(DeathProof.SILENCE)),
          said("UnaskedWords.IN_A_ROW", Sentence.of(UnaskedWords.EXPORTER_REFUSED), NUMBER));

  @Test
  void noChineseSentenceHasAWordThatIsNoName() throws Exception {
    var foreign = new TreeMap<String, Set<String>>();
    for (var one : EveryPhraseIsTranslatedTest.phrases().entrySet()) {
      String text = Tongue.ZH.say(filled(one.getKey(), one.getValue()));
      var words = new TreeSet<>(WORD.matcher(text).results().map(m -> m.group()).toList());
      words.removeAll(NAMES);
      if (!words.isEmpty()) {
        foreign.put(one.getKey() + ": " + text, words);
      }
    }
    assertThat(foreign).isEmpty();
  }

  @Test
  void everyGapIsFilledInBothLanguages() throws Exception {
    for (var one : EveryPhraseIsTranslatedTest.phrases().entrySet()) {
      var sentence = filled(one.getKey(), one.getValue());
      for (Tongue tongue : Tongue.values()) {
        assertThat(tongue.say(sentence)).as(one.getKey()).doesNotContain("{", "}");
      }
    }
  }

  @Test
  void whatIsSaidInsideIsSaidInChinese() {
    assertThat(Tongue.ZH.say(Sentence.of(FactWord.UNASKED, WHO, UNASKED)))
        .isEqualTo("无法询问 broker 1004 的日志：其 exporter 在 3000 ms 内没有应答，已连续 8 次");
    assertThat(Tongue.EN.say(Sentence.of(FactWord.UNASKED, WHO, UNASKED)))
        .isEqualTo(
            "log of broker 1004 could not be asked:"
                + " its exporter gave no answer in 3000 ms, 8 times in a row");
  }

  private static Sentence filled(String key, Phrase phrase) {
    Object[] said = SAID.get(key);
    if (said != null) {
      return Sentence.of(phrase, said);
    }
    int gaps =
        GAP.matcher(phrase.english())
            .results()
            .mapToInt(gap -> Integer.parseInt(gap.group(1)) + 1)
            .max()
            .orElse(0);
    var args = new ArrayList<Object>();
    Stream.generate(() -> NUMBER).limit(gaps).forEach(args::add);
    return Sentence.of(phrase, args.toArray());
  }

  private static Map.Entry<String, Object[]> said(String key, Object... args) {
    return Map.entry(key, args);
  }
}
