package holter.diagnose;

import holter.channel.TwinName;
import holter.diagnose.ClusterFact.Called;
import holter.diagnose.ClusterFact.CertificateSeen;
import holter.diagnose.Entry.Rule;
import holter.diagnose.Signs.Says;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Rules about who may do what, and who is let in. */
final class Rights {
  /** Fewer failed logins are somebody's slip. */
  private static final int SLIPS = 3;

  private Rights() {}

  /**
   * Who was denied something: users by the brokers' logs, else clients by their own, else what
   * Holter itself was denied.
   */
  static List<Subject> denied(CaseFile file) {
    var users = named(file, LogSign.ACCESS_DENIED);
    if (!users.isEmpty()) {
      return users;
    }
    var own = new LinkedHashSet<Subject>();
    for (var seen : file.of(Called.class)) {
      switch (seen.fact().code()) {
        case "TOPIC_AUTHORIZATION_FAILED" -> own.add(Subject.of(What.TOPIC, seen.fact().of()));
        case "GROUP_AUTHORIZATION_FAILED" -> own.add(Subject.of(What.GROUP, seen.fact().of()));
        default -> {}
      }
    }
    return List.copyOf(own);
  }

  /** What Holter asks of its own topic: its denial keeps nobody from sending. */
  private static boolean ownQuestion(String line) {
    return line.contains(":" + TwinName.PREFIX);
  }

  /** Users that brokers' logs name under a sign; where they name none, the clients that log it. */
  private static List<Subject> named(CaseFile file, LogSign sign) {
    var users =
        file.of(Fact.Logged.class).stream()
            .filter(s -> s.fact().sign() == sign && !Senders.ofClient(s))
            .filter(s -> !ownQuestion(s.fact().sample()))
            .map(s -> s.fact().about())
            .filter(about -> !about.isEmpty())
            .distinct()
            .map(about -> Subject.of(What.PRINCIPAL, about))
            .toList();
    return users.isEmpty() ? Senders.clients(sign).apply(file) : users;
  }

  /** The same said by another kind of log: brokers' beside a client's, or the other way. */
  static Rule alsoElsewhere(double weight, LogSign sign) {
    return (argument, file, subject) -> {
      boolean ofClient = subject.name(What.CLIENT).isPresent();
      boolean named = ofClient || subject.name(What.PRINCIPAL).isPresent();
      file.of(Fact.Logged.class).reversed().stream()
          .filter(s -> named && s.fact().sign() == sign && Senders.ofClient(s) != ofClient)
          .findFirst()
          .ifPresent(s -> Signs.said(argument, Says.FITS, weight, s));
    };
  }

  /** Everybody, where certificates are the matter; else who failed to log in. */
  static List<Subject> refused(CaseFile file) {
    var subjects = new ArrayList<Subject>();
    boolean tls =
        bad(file).isPresent()
            || latest(file, LogSign.CERTIFICATE_EXPIRED).isPresent()
            || latest(file, LogSign.TLS_FAILED).isPresent();
    if (tls) {
      subjects.add(Subject.NONE);
    }
    subjects.addAll(named(file, LogSign.LOGIN_FAILED));
    return subjects;
  }

  private static Optional<Seen<CertificateSeen>> bad(CaseFile file) {
    return file.of(CertificateSeen.class).reversed().stream()
        .filter(s -> !s.fact().problem().isEmpty())
        .findFirst();
  }

  private static Optional<Seen<Fact.Logged>> latest(CaseFile file, LogSign sign) {
    return file.of(Fact.Logged.class).reversed().stream()
        .filter(s -> s.fact().sign() == sign)
        .findFirst();
  }

  private static boolean ofTls(Subject subject) {
    return subject.names().isEmpty();
  }

  /** What the address itself shows. */
  static void certificate(Argument argument, CaseFile file, Subject subject) {
    if (!ofTls(subject)) {
      return;
    }
    var bad = bad(file);
    if (bad.isPresent()) {
      var fact = bad.get().fact();
      argument.decides(
          3, bad.get().observation(), CauseWords.CERTIFICATE_BAD, fact.address(), fact.problem());
    } else {
      file.latest(CertificateSeen.class)
          .ifPresent(
              s ->
                  argument.against(
                      1, s.observation(), CauseWords.CERTIFICATE_GOOD, s.fact().address()));
    }
  }

  /** A client's handshake fails; a broker logs that of any stranger, and of a plain knock too. */
  static void handshakes(Argument argument, CaseFile file, Subject subject) {
    if (!ofTls(subject)) {
      return;
    }
    var failed =
        file.of(Fact.Logged.class).reversed().stream()
            .filter(s -> s.fact().sign() == LogSign.TLS_FAILED)
            .toList();
    failed.stream()
        .filter(Senders::ofClient)
        .findFirst()
        .ifPresent(s -> Signs.said(argument, Says.TELLS, 1.7, s));
    failed.stream()
        .filter(s -> !Senders.ofClient(s))
        .findFirst()
        .ifPresent(s -> Signs.said(argument, Says.FITS, 1, s));
  }

  static Rule certificateLogged(double weight) {
    return (argument, file, subject) ->
        latest(file, LogSign.CERTIFICATE_EXPIRED)
            .filter(s -> ofTls(subject))
            .ifPresent(s -> Signs.said(argument, Says.DECIDES, weight, s));
  }

  /** Again and again: not a slip. */
  static void logins(Argument argument, CaseFile file, Subject subject) {
    if (ofTls(subject)) {
      return;
    }
    Signs.sighting(file, subject, LogSign.LOGIN_FAILED)
        .ifPresent(
            s -> {
              boolean many = s.fact().count() >= SLIPS;
              Signs.said(argument, many ? Says.DECIDES : Says.FITS, many ? 3 : 1, s);
            });
  }

  /** Holter too was told so; it asks for more than clients do, so this is little. */
  static void askedToo(Argument argument, CaseFile file, Subject subject) {
    file.of(Called.class).reversed().stream()
        .filter(s -> s.fact().code().equals("UNSUPPORTED_VERSION"))
        .findFirst()
        .ifPresent(
            s ->
                argument.fits(
                    0.5,
                    s.observation(),
                    CauseWords.CODED,
                    s.fact().call(),
                    s.fact().of(),
                    s.fact().code()));
  }
}
