package holter.server.remedy;

import holter.remedy.JournalEntry;
import java.util.List;

/** What was done about a plan, oldest first; only ever added to. */
public interface Journal {
  List<JournalEntry> entries();

  /** When it returns, the entry outlives this process. */
  void add(JournalEntry entry);
}
