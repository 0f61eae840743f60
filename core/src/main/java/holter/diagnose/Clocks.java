package holter.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules about clocks, always against those of the other hosts. */
final class Clocks {
  /** Clocks closer than this harm nobody. */
  private static final double APART_MS = 2_000;

  /** With fewer clocks nobody can say which one is wrong. */
  private static final int CLOCKS_MIN = 3;

  private Clocks() {}

  /** Hosts whose clock is apart; without any, clients whose timestamps were refused. */
  static List<Subject> apart(CaseFile file) {
    var hosts = new TreeSet<String>();
    for (String host : figures(file).keySet()) {
      if (aheadOfOthers(file, host).isPresent()) {
        hosts.add(host);
      }
    }
    for (var seen : file.of(Fact.Registered.class)) {
      if (registeredAhead(file, seen.fact().host()).isPresent()) {
        hosts.add(seen.fact().host());
      }
    }
    var subjects = new ArrayList<Subject>();
    hosts.forEach(h -> subjects.add(new Subject(List.of(), -1, h, List.of())));
    return subjects.isEmpty() ? Senders.clients(LogSign.TIMESTAMP_REFUSED).apply(file) : subjects;
  }

  private static Map<String, Seen<Fact.Measured>> figures(CaseFile file) {
    var figures = new TreeMap<String, Seen<Fact.Measured>>();
    for (var seen : file.of(Fact.Measured.class)) {
      if (seen.fact().metric() == Metric.CLOCK_AHEAD_MS) {
        figures.put(seen.fact().of(), seen);
      }
    }
    return figures;
  }

  /** The middle one, of which at least half are close. */
  private static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return sorted.get((sorted.size() - 1) / 2);
  }

  /** By the host's own metrics; an answer that came late is wrong by as much. */
  private static OptionalDouble aheadOfOthers(CaseFile file, String host) {
    var figures = figures(file);
    var mine = figures.get(host);
    if (mine == null || figures.size() < CLOCKS_MIN) {
      return OptionalDouble.empty();
    }
    double ahead =
        mine.fact().value() - median(figures.values().stream().map(s -> s.fact().value()).toList());
    double late =
        file.hosts()
            .load(host)
            .map(s -> s.fact().scrapeMs())
            .filter(ms -> !Double.isNaN(ms))
            .orElse(0.0);
    return Math.abs(ahead) > APART_MS + late ? OptionalDouble.of(ahead) : OptionalDouble.empty();
  }

  static void ahead(Argument argument, CaseFile file, Subject subject) {
    var figure = figures(file).get(subject.host());
    if (figure != null) {
      aheadOfOthers(file, subject.host())
          .ifPresent(
              ms ->
                  argument.decides(
                      3,
                      figure.observation(),
                      CauseWords.CLOCK_APART,
                      subject.host(),
                      Math.round(ms)));
    }
  }

  private record Ahead(Observation observation, double ms) {}

  /** By what brokers wrote of themselves when they registered, against ZooKeeper's clock. */
  private static Optional<Ahead> registeredAhead(CaseFile file, String host) {
    var byHost = new TreeMap<String, Seen<Fact.Registered>>();
    file.of(Fact.Registered.class).forEach(s -> byHost.put(s.fact().host(), s));
    var mine = byHost.get(host);
    if (mine == null || byHost.size() < CLOCKS_MIN || host.isEmpty()) {
      return Optional.empty();
    }
    double ahead = skew(mine) - median(byHost.values().stream().map(Clocks::skew).toList());
    return Math.abs(ahead) > APART_MS
        ? Optional.of(new Ahead(mine.observation(), ahead))
        : Optional.empty();
  }

  private static double skew(Seen<Fact.Registered> seen) {
    return seen.fact().selfReportedWallMs() - seen.fact().registeredAtWallMs();
  }

  static void registeredApart(Argument argument, CaseFile file, Subject subject) {
    registeredAhead(file, subject.host())
        .ifPresent(
            a ->
                argument.tells(
                    2,
                    a.observation(),
                    CauseWords.CLOCK_REGISTERED,
                    subject.host(),
                    Math.round(a.ms())));
  }

  /** A timestamp was refused: by a clock, or by what wrote it. */
  static void refused(Argument argument, CaseFile file, Subject subject) {
    boolean client = subject.name(What.CLIENT).isPresent();
    file.of(Fact.Logged.class).reversed().stream()
        .filter(s -> s.fact().sign() == LogSign.TIMESTAMP_REFUSED)
        .filter(s -> !client || s.fact().log().equals(Senders.client(subject)))
        .findFirst()
        .ifPresent(
            s ->
                Signs.said(
                    argument, client ? Signs.Says.TELLS : Signs.Says.FITS, client ? 2 : 1, s));
  }
}
