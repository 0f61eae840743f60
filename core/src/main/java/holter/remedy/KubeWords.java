package holter.remedy;

import holter.words.Phrase;

/** What plans for nodes and pods say: why, to what effect, at what cost, and why not. */
public enum KubeWords implements Phrase {
  WHY_UNCORDON("{0} is closed to pods and has recovered: {1}"),
  WHY_RELAX("its selector {0} keeps {1} of its pods on {2}, which is crowded"),
  WHY_EVICT("it takes {0} % of the network of {1}, of which {2} % is used"),
  OPENS("{0} takes pods again; {1} of this plan are expected there"),
  LANDS("expected on {0}; the fullest critical host goes from {1} % to {2} % of its network"),
  LANDS_OPEN(
      "expected among {0}, which of them is open till then; wherever it is, the fullest critical"
          + " host goes from {1} % to {2} % at most"),
  COST_RESTARTS("{0} pods restart, {1} of them because their template changes"),
  COST_DRIFT("left different from now on: {0}"),
  COST_UNDO("taking it back restarts {0} pods again, and leaves {1} evicted pods where they are"),
  COST_TRIAL("there is no trial pod: the first that lands on {0} is it, so watch that one"),
  COST_OPEN(
      "{0} landings are open, between equals or by when old pods are gone: the worst of them is"
          + " counted"),
  COST_PARTLY("no plan reaches {0} %; this one takes the peak from {1} % to {2} %"),
  COST_BOUND("the search ended at its bound: a smaller plan may exist"),
  NO_CRITICAL("no critical host is named: there is nothing to make room on"),
  HOST_UNKNOWN("{0} is no node of this cluster"),
  NETWORK_UNKNOWN("how full the network of {0} is, is not known: nothing is moved on a guess"),
  NOTHING_CROWDED("none of {0} uses more than {1} % of its network: nothing is to be moved"),
  BREAKER("{0} of {1} nodes are not ready: that is another trouble, nothing is moved"),
  ROLLOUT("{0} is being rolled out, its pods come and go: wait until that is over"),
  NOT_GRANTED("not done here, by your own word: {0}"),
  UNCORDONS("opening nodes"),
  RELAXES("relaxing selectors"),
  EVICTS("evicting pods"),
  NOT_RECOVERED("{0} stays closed: {1}: {2}"),
  OPEN_NO_HELP("{0} stays closed: its own network is full, or not known"),
  PIN_STAYS("the selector {0} of {1} stays: {2}"),
  POD_STAYS("{0} of {1} on {2} not evicted: {3}"),
  SPARED("it is among what is spared"),
  NOT_A_DEPLOYMENT("it is a {0}, and only a Deployment is ever changed"),
  KEEPS_STATE("it is a {0}: what keeps a name or data is not moved, its leaders are"),
  MANAGED("{0} would put it back; change it there"),
  UNSETTLED("a rollout is under way, or not all replicas are available"),
  TRAFFIC_UNKNOWN("the network of its pods is not known"),
  KEPT_BY("{0}"),
  MANY_AT_ONCE("its rollout takes {0} pods away at once"),
  LAST_READY("it is the only one that is ready"),
  NOT_READY("it is not ready"),
  NOBODY_MAKES("nobody that is known makes another"),
  PIN_NOT_OURS("nothing of its own that may be relaxed keeps it there, and no other node takes it"),
  PINNED("its template allows no other node, so it would come back"),
  BUDGET_ZERO("budget {0} allows no disruption now"),
  BUDGET_BUSY("budget {0} is still being counted"),
  BUDGETS_MANY("{0} budgets cover it, so the eviction would be refused"),
  BUDGETS_UNREAD("disruption budgets could not be read"),
  NO_SLOT("its rollout finds no free place for {0} more pod"),
  NO_SLOT_UNTIL("its rollout finds no free place before {0} is open, which has not recovered"),
  MANY_ENDS("its rollout may end in more ways than can be thought of"),
  NO_PLAN("no legal plan takes {0} below {1} % of its network"),
  NO_REAL_GAIN("no legal plan takes {0} below {1} %; what would be gained is too little to act");

  private final String english;

  KubeWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
