package holter.diagnose;

import holter.channel.Sickness;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Rules about the link between two brokers: the subject is the one with the lower id, its name the
 * other. Seen from its ends a cut link looks like a sick broker; what tells is that both accuse
 * each other, that third ones accuse neither, and that only what needs both is late.
 */
final class CutLink {
  private CutLink() {}

  /** Pairs that complain about each other. */
  static List<Subject> pairs(CaseFile file) {
    var brokers = List.copyOf(file.complaints().brokers());
    var pairs = new ArrayList<Subject>();
    for (int a : brokers) {
      for (int b : brokers) {
        if (a < b && mutual(file, a, b)) {
          pairs.add(file.suspecting(a).about(a).and(What.PEER, String.valueOf(b)));
        }
      }
    }
    return pairs;
  }

  private static boolean mutual(CaseFile file, int a, int b) {
    return file.complaints().against(a, b) && file.complaints().against(b, a);
  }

  private static int peer(Subject subject) {
    return Integer.parseInt(subject.name(What.PEER).orElseThrow());
  }

  static void mutual(Argument argument, CaseFile file, Subject subject) {
    int a = subject.brokerId();
    int b = peer(subject);
    file.complaints().saidBy(a, b).ifPresent(o -> argument.tells(2.5, o, CauseWords.MUTUAL, a, b));
  }

  /** One end with the same trouble elsewhere is a sick broker, not a sick link. */
  static void moreLinks(Argument argument, CaseFile file, Subject subject) {
    for (int end : List.of(subject.brokerId(), peer(subject))) {
      var others = new TreeSet<Integer>();
      for (int other : file.complaints().brokers()) {
        boolean third = other != subject.brokerId() && other != peer(subject);
        if (third && file.complaints().against(other, end)) {
          others.add(other);
        }
      }
      if (!others.isEmpty()) {
        var o = file.complaints().saidBy(others.first(), end).orElseThrow();
        argument.excluded(o, CauseWords.NO_SINGLE_LINK, end, others.size());
        return;
      }
      var ejects = file.complaints().ejectsMany(end); // its peer, and others at the same time
      if (ejects.isPresent()) {
        int many = file.complaints().ejectedBy(end).size();
        argument.excluded(ejects.get(), CauseWords.EJECTS_MANY, end, many);
        return;
      }
    }
  }

  static void bothAnswer(Argument argument, CaseFile file, Subject subject) {
    int a = subject.brokerId();
    int b = peer(subject);
    var ends =
        file.reaches().stream()
            .filter(s -> s.fact().brokerId() == a || s.fact().brokerId() == b)
            .toList();
    for (var end : ends) {
      switch (end.fact().reach()) {
        case REFUSED ->
            argument.excluded(end.observation(), CauseWords.REFUSES, end.fact().address());
        case SILENT ->
            argument.excluded(end.observation(), CauseWords.SILENT, end.fact().address());
        case DARK -> argument.excluded(end.observation(), CauseWords.DARK, end.fact().address());
        case SLOW ->
            argument.against(
                2,
                end.observation(),
                CauseWords.ANSWERS_LATE,
                end.fact().address(),
                (long) end.fact().answerMs());
        case ANSWERED, CLOSED, UNRESOLVED -> {}
      }
    }
    if (ends.size() == 2 && ends.stream().allMatch(s -> s.fact().reach() == Reach.ANSWERED)) {
      argument.decides(1, ends.getFirst().observation(), CauseWords.BOTH_ANSWER, a, b);
    }
  }

  /** A leader at one end takes records at once, and all replicas do not. */
  static void canaries(Argument argument, CaseFile file, Subject subject) {
    for (int end : List.of(subject.brokerId(), peer(subject))) {
      var one = Canaries.to(file, end, Canaries.LEADER);
      var all = Canaries.to(file, end, Canaries.ALL);
      if (one.isEmpty() || all.isEmpty()) {
        continue;
      }
      if (Canaries.inTime(one.get().fact()) && Canaries.late(all.get().fact())) {
        long ms =
            all.get().fact().ms() < 0 ? (long) Canaries.LATE_MS : (long) all.get().fact().ms();
        argument.decides(
            2,
            all.get().observation(),
            CauseWords.CANARY_SPLIT,
            end,
            (long) one.get().fact().ms(),
            ms);
        return;
      }
      if (Canaries.late(one.get().fact())) {
        argument.against(
            2,
            one.get().observation(),
            CauseWords.CANARY_LATE,
            end,
            Math.max(0, (long) one.get().fact().ms()));
        return;
      }
    }
  }

  static void thirdSilent(Argument argument, CaseFile file, Subject subject) {
    var third = new TreeSet<Integer>();
    var logs = file.of(Fact.LogShape.class);
    for (var log : logs) {
      int broker = log.fact().brokerId();
      if (broker != subject.brokerId() && broker != peer(subject)) {
        third.add(broker);
      }
    }
    if (!third.isEmpty()) {
      argument.fits(1, logs.getFirst().observation(), CauseWords.THIRD_SILENT, third);
    }
  }

  static void paths(Argument argument, CaseFile file, Subject subject) {
    BrokerSigns.paths(argument, file, EnumSet.of(Sickness.ISR), 1);
    BrokerSigns.paths(argument, file.suspecting(peer(subject)), EnumSet.of(Sickness.ISR), 0.5);
  }

  /** One end complains, and the other has no complaint about it: one direction is lost. */
  static void oneWay(Argument argument, CaseFile file, Subject subject) {
    int broker = subject.brokerId();
    for (int accuser : file.complaints().accusers(broker)) {
      boolean read = file.log(broker).isPresent();
      if (read && !file.complaints().against(broker, accuser)) {
        var o = file.complaints().saidBy(accuser, broker).orElseThrow();
        argument.fits(1, o, CauseWords.ONE_WAY, accuser, broker);
        return;
      }
    }
  }
}
