package holter.words;

/** What fills a gap: a text that is the same in every language, or something said in each. */
public sealed interface Arg permits Arg.Plain, Sentence {
  /** A number, a name, an address, or words quoted as somebody else wrote them. */
  record Plain(String text) implements Arg {
    @Override
    public String toString() {
      return text;
    }
  }
}
