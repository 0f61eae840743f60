package holter.lab.agree;

import holter.lab.run.RunResult;
import holter.lab.scenario.Group;
import holter.lab.scenario.Scenario;
import holter.lab.scenario.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The account of a group in a live run, from its result file. Pure. */
final class Live {
  private static final String DEPLOYED = "deployed";

  private Live() {}

  static Account account(RunResult result, Scenario scenario, Group group) {
    var names =
        scenario.workers().stream()
            .filter(worker -> worker.group().equals(group))
            .map(Worker::name)
            .collect(Collectors.toSet());
    var changes =
        result.states().stream()
            .map(s -> new Account.Change(s.subject(), ms(s.atS()), s.from(), s.to()))
            .toList();
    var ends = new ArrayList<Account.End>();
    for (var death : result.deaths()) {
      long at = ms(death.atS());
      ends.add(new Account.End(death.instance(), death.how(), at, seenFrom(result, at)));
    }
    for (var stop : result.planned().each()) {
      ends.add(new Account.End(stop.instance(), DEPLOYED, ms(stop.atS()), ms(stop.atS())));
    }
    return Account.of(names, changes, List.copyOf(ends));
  }

  /** Nobody sees a death while the orchestrator stands still. */
  private static long seenFrom(RunResult result, long diedMs) {
    List<RunResult.FaultLine> faults = result.faults();
    for (var fault : faults) {
      Double until = fault.untilS();
      if (fault.kind().equals("orchestrator")
          && until != null
          && ms(fault.fromS()) <= diedMs
          && diedMs < ms(until)) {
        return ms(until);
      }
    }
    return diedMs;
  }

  private static long ms(double seconds) {
    return Math.round(seconds * 1e3);
  }
}
