package holter.server.remedy;

import holter.remedy.Entry;
import java.util.List;

/** What was done about a plan, oldest first; only ever added to. */
public interface Journal {
  List<Entry> entries();

  /** When it returns, the entry outlives this process. */
  void add(Entry entry);
}
