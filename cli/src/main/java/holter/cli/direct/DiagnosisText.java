package holter.cli.direct;

import holter.channel.BrokerNode;
import holter.channel.PathState;
import holter.cli.Ages;
import holter.cli.Exit;
import holter.cli.Terminal;
import holter.diagnose.Diagnosis;
import holter.diagnose.Diagnosis.Cited;
import holter.diagnose.Diagnosis.Found;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Subject;
import holter.server.text.Facts;
import holter.server.text.Figures;
import holter.server.text.Tongue;
import holter.words.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A diagnosis as text: headline, chain, causes, evidence by number, ruled out, remedies. */
final class DiagnosisText {
  private static final String INDENT = " ".repeat(11);

  private final Terminal terminal;
  private final Diagnose.Told told;
  private final Tongue tongue;
  private final Facts facts;
  private final Map<Observation, String> numbers = new LinkedHashMap<>();

  DiagnosisText(Terminal terminal, Diagnose.Told told) {
    this.terminal = terminal;
    this.told = told;
    this.tongue = terminal.chinese() ? Tongue.ZH : Tongue.EN;
    this.facts = new Facts(tongue, new Figures(tongue, told.evidence().zone()));
  }

  @Override
  public String toString() {
    Diagnosis diagnosis = told.diagnosis();
    List<String> lines = new ArrayList<>();
    lines.add(headline());
    section(lines, Heading.CHAIN, chain());
    section(lines, Heading.CAUSES, causes());
    section(lines, Heading.RULED_OUT, ruledOut());
    section(lines, Heading.EVIDENCE, evidence());
    section(lines, Heading.NOT_ASKED, unasked());
    section(lines, Heading.SETTLE, diagnosis.wouldSettle().stream().map(tongue::say).toList());
    section(lines, Heading.REMEDIES, remedies());
    lines.add("(exit " + told.exit() + ")");
    return String.join("\n", lines);
  }

  private String headline() {
    String where =
        subject(told.diagnosis().first().map(Found::subject).orElse(Blame.sick(told.seen())));
    String causes =
        told.diagnosis().found().stream()
            .map(f -> f.code() + " " + tongue.say(f.code()) + ", " + tongue.say(f.confidence()))
            .collect(Collectors.joining("; "));
    Heading verdict =
        switch (told.exit()) {
          case Exit.OK -> Heading.HEALTHY;
          case Exit.CHANNEL -> Heading.CHANNEL;
          case Exit.INSTANCE -> Heading.INSTANCE;
          case Exit.CHANNEL_AND_INSTANCE -> Heading.BOTH;
          case Exit.INCONCLUSIVE -> Heading.INCONCLUSIVE;
          case Exit.DENIED -> Heading.DENIED;
          default -> Heading.CANNOT_TELL;
        };
    String line = verdict.say(terminal.chinese());
    if (!causes.isEmpty()) line += ": " + causes;
    else if (told.exit() == Exit.CHANNEL) line += ": " + Heading.UNDECIDED.say(terminal.chinese());
    return where.isEmpty() ? line : line + "\n" + INDENT + where;
  }

  private String subject(Subject subject) {
    List<String> parts = new ArrayList<>();
    if (!subject.partitions().isEmpty()) {
      parts.add(told.map().topic() + " p" + subject.partitions());
    }
    if (subject.brokerId() >= 0) parts.add("broker " + subject.brokerId());
    String known = told.map().broker(subject.brokerId()).map(BrokerNode::host).orElse("");
    String host = subject.host().isEmpty() ? known : subject.host();
    if (!host.isEmpty()) parts.add(host);
    subject.names().forEach(named -> parts.add(tongue.say(named.what(), named.name())));
    if (!subject.instances().isEmpty()) parts.add(String.join(", ", subject.instances()));
    return String.join(" · ", parts);
  }

  /** Partition, leader, host: for every path that is not healthy. */
  private List<String> chain() {
    String arrow = terminal.unicode() ? " ─▶ " : " -> ";
    List<String> lines = new ArrayList<>();
    for (Observation o : told.seen()) {
      if (o.fact() instanceof Fact.PathSeen path && !(path.state() instanceof PathState.Healthy)) {
        String host = told.map().broker(path.leaderId()).map(BrokerNode::host).orElse("?");
        lines.add(
            "%s-%d%sleader %s%s%s   %s"
                .formatted(
                    told.map().topic(),
                    path.partition(),
                    arrow,
                    path.leaderId() < 0 ? "none" : String.valueOf(path.leaderId()),
                    arrow,
                    host,
                    cite(o)));
      }
    }
    return lines;
  }

  private List<String> causes() {
    List<String> lines = new ArrayList<>();
    for (Found found : told.diagnosis().found()) {
      lines.add(
          "%s  %s %s%s   %s"
              .formatted(
                  tongue.say(found.confidence()),
                  found.code(),
                  tongue.say(found.code()),
                  found.over() ? " " + Heading.OVER.say(terminal.chinese()) : "",
                  subject(found.subject())));
      found.speaksFor().forEach(cited -> lines.add("  + " + cited(cited)));
      found.speaksAgainst().forEach(cited -> lines.add("  - " + cited(cited)));
    }
    return lines;
  }

  private List<String> ruledOut() {
    return told.diagnosis().ruledOut().stream()
        .map(
            out ->
                "%s %s: %s"
                    .formatted(
                        out.code(),
                        tongue.say(out.code()),
                        out.by().stream().map(this::cited).collect(Collectors.joining("; "))))
        .toList();
  }

  private List<String> evidence() {
    List<String> lines = new ArrayList<>();
    numbers.forEach(
        (o, number) ->
            lines.add(
                "%-4s %s  %s"
                    .formatted(
                        number,
                        Ages.moment(o.atMs(), told.evidence().zone()),
                        facts.say(o.fact()))));
    return lines;
  }

  private List<String> unasked() {
    List<String> lines =
        new ArrayList<>(told.diagnosis().notAsked().stream().map(tongue::say).toList());
    for (Observation o : told.seen()) {
      if (o.fact() instanceof Fact.Unasked silent) {
        String who = tongue.say(silent.subject());
        String why = tongue.say(silent.why());
        if (lines.stream().noneMatch(l -> l.contains(why) && l.contains(who))) {
          lines.add(who + ": " + why);
        }
      }
    }
    return lines;
  }

  private List<String> remedies() {
    List<Sentence> remedies =
        told.diagnosis().found().stream().flatMap(f -> f.remedies().stream()).distinct().toList();
    List<String> lines = new ArrayList<>();
    for (Sentence remedy : remedies) {
      lines.add((lines.size() + 1) + " " + tongue.say(remedy));
    }
    return lines;
  }

  private String cited(Cited cited) {
    return tongue.say(cited.claim()) + "  " + cite(cited.observation());
  }

  private String cite(Observation observation) {
    return numbers.computeIfAbsent(observation, _ -> "E" + (numbers.size() + 1));
  }

  private void section(List<String> lines, Heading heading, List<String> body) {
    String title = heading.say(terminal.chinese());
    for (String line : body) {
      lines.add(Columns.padded(title, INDENT.length()) + line);
      title = "";
    }
  }
}
