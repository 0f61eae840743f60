package holter.server.remedy;

import holter.engine.Incident;
import holter.engine.View;
import holter.remedy.PlanWords;
import holter.words.Arg;
import java.util.HashMap;
import java.util.Map;

/** Which incident a plan was made for: the one whose timeline told of it. Pure. */
public final class PlanIncidents {
  private PlanIncidents() {}

  /** Incidents by the ids of their plans; the open ones and the latest closed ones. */
  public static Map<String, Incident> in(View view) {
    var all = new HashMap<String, Incident>();
    for (Incident incident : view.incidents()) {
      for (Incident.Event event : incident.timeline()) {
        boolean ofPlan = event.what().phrase() instanceof PlanWords;
        if (ofPlan && event.what().args().getFirst() instanceof Arg.Plain(String id)) {
          all.putIfAbsent(id, incident);
        }
      }
    }
    return all;
  }
}
