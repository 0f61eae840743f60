package holter.diagnose;

import static holter.diagnose.Signs.Says.DECIDES;
import static holter.diagnose.Signs.Says.FITS;
import static holter.diagnose.Signs.say;

import holter.diagnose.Entry.Rule;
import holter.diagnose.Signs.Says;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;

/** Rules about the host of one broker, most of them against its peers. */
final class HostRules {
  private HostRules() {}

  /** Its host's network carries far more than its peers', or all it can. */
  static Rule nicFull(Says how, double weight) {
    return nic(how, weight, CauseWords.NIC_ABOVE_PEERS, HostRules::loaded);
  }

  static Rule nicCalm(Says how, double weight) {
    return nic(how, weight, CauseWords.NIC_CALM, (file, host) -> file.hosts().calm(host));
  }

  static boolean loaded(CaseFile file, String host) {
    return file.hosts().full(host) || file.hosts().abovePeers(host);
  }

  private interface OfHost {
    boolean test(CaseFile file, String host);
  }

  private static Rule nic(Says how, double weight, CauseWords words, OfHost when) {
    return (argument, file, subject) ->
        file.hosts()
            .load(subject.host())
            .filter(s -> when.test(file, subject.host()))
            .ifPresent(
                s ->
                    say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        words,
                        subject.host(),
                        Hosts.kb(Hosts.nic(s.fact())),
                        Hosts.kb(file.hosts().peers(subject.host(), Hosts::nic))));
  }

  static Rule cpu(Says how, double weight, DoublePredicate when) {
    return load(how, weight, CauseWords.CPU_BUSY, Fact.HostLoad::cpuBusyShare, when);
  }

  static Rule disk(Says how, double weight, DoublePredicate when) {
    return load(how, weight, CauseWords.DISK_BUSY, Fact.HostLoad::diskBusyShare, when);
  }

  static Rule memoryLeft(Says how, double weight, DoublePredicate when) {
    return load(how, weight, CauseWords.MEMORY_LEFT, Fact.HostLoad::memoryAvailableShare, when);
  }

  private static Rule load(
      Says how,
      double weight,
      CauseWords words,
      ToDoubleFunction<Fact.HostLoad> figure,
      DoublePredicate when) {
    return (argument, file, subject) ->
        file.hosts()
            .load(subject.host())
            .filter(s -> when.test(figure.applyAsDouble(s.fact())))
            .ifPresent(
                s ->
                    say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        words,
                        subject.host(),
                        Math.round(100 * figure.applyAsDouble(s.fact()))));
  }

  /** It answers for its metrics: then it is not dark. */
  static Rule answersMetrics(Says how, double weight) {
    return (argument, file, subject) ->
        file.hosts()
            .load(subject.host())
            .filter(s -> file.hosts().scrapeFast(subject.host()))
            .ifPresent(
                s ->
                    say(
                        argument,
                        how,
                        weight,
                        s.observation(),
                        CauseWords.SCRAPE_FAST,
                        subject.host(),
                        (long) s.fact().scrapeMs()));
  }

  /** It does not answer for its metrics, its peers do; beside a dark door that decides. */
  static Rule metricsUnanswered(double weight) {
    return (argument, file, subject) -> {
      boolean dark =
          file.reach(subject.brokerId()).filter(s -> s.fact().reach() == Reach.DARK).isPresent();
      file.hosts()
          .unanswered(subject.host())
          .ifPresent(
              o ->
                  say(
                      argument,
                      dark ? DECIDES : FITS,
                      dark ? weight : weight / 2,
                      o,
                      CauseWords.HOST_UNANSWERED,
                      subject.host()));
    };
  }

  /** Kubernetes has lost its node. */
  static Rule nodeNotReady(double weight) {
    return (argument, file, subject) ->
        file.of(KubeFact.NodeSeen.class).reversed().stream()
            .filter(s -> s.fact().node().equals(subject.host()) && !subject.host().isEmpty())
            .findFirst()
            .filter(s -> !s.fact().ready())
            .ifPresent(
                s ->
                    argument.decides(
                        weight, s.observation(), CauseWords.NODE_NOT_READY, s.fact().node()));
  }
}
