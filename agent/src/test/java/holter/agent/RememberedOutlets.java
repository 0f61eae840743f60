package holter.agent;

import java.util.ArrayList;
import java.util.List;

/** Remembers decisions as words: {@code send a#1}, {@code post a#1}, … */
final class RememberedOutlets implements ClaimOutlets {
  final List<String> words = new ArrayList<>();
  final List<Registration> sent = new ArrayList<>();
  final List<Registration> posted = new ArrayList<>();

  @Override
  public void send(Registration r) {
    words.add("send " + r.dtu() + "#" + r.seq());
    sent.add(r);
  }

  @Override
  public void post(Registration r) {
    words.add("post " + r.dtu() + "#" + r.seq());
    posted.add(r);
  }

  @Override
  public void keep(Registration r) {
    words.add("keep " + r.dtu() + "#" + r.seq() + (r.up() ? " up" : " down"));
  }

  @Override
  public void settle(String dtu) {
    words.add("settle " + dtu);
  }

  @Override
  public void lost(Registration r, String owner) {
    words.add("lost " + r.dtu() + " to " + owner);
  }

  List<String> told() {
    var told = List.copyOf(words);
    words.clear();
    return told;
  }

  Registration lastSent() {
    return sent.get(sent.size() - 1);
  }

  Registration lastPosted() {
    return posted.get(posted.size() - 1);
  }
}
