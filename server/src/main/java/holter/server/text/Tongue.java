package holter.server.text;

import holter.words.Arg;
import holter.words.Phrase;
import holter.words.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** A language that Holter speaks. English stands in the phrases, the rest in resource files. */
public enum Tongue {
  EN,
  ZH;

  private static final class Chinese {
    static final Map<String, String> TEXTS = load("/holter/messages_zh.properties");
  }

  /** The language by its code, {@code en} or {@code zh} (also {@code zh-CN} and the like). */
  public static Optional<Tongue> of(String code) {
    String lower = code.toLowerCase(Locale.ROOT);
    if (lower.equals("zh") || lower.startsWith("zh-") || lower.startsWith("zh_")) {
      return Optional.of(ZH);
    }
    return lower.equals("en") || lower.startsWith("en-") || lower.startsWith("en_")
        ? Optional.of(EN)
        : Optional.empty();
  }

  /** The sentence in this language; a phrase not translated comes in English. */
  public String say(Sentence sentence) {
    return sentence.said(this::text);
  }

  /** What fills a gap, in this language. */
  public String say(Arg arg) {
    return Sentence.said(arg, this::text);
  }

  /** A phrase without gaps. */
  public String say(Phrase phrase) {
    return text(phrase);
  }

  /** A phrase with its gaps filled. */
  public String say(Phrase phrase, Object... args) {
    return say(Sentence.of(phrase, args));
  }

  /** The code of this language: {@code en}, {@code zh}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  private String text(Phrase phrase) {
    return switch (this) {
      case EN -> phrase.english();
      case ZH -> Chinese.TEXTS.getOrDefault(phrase.key(), phrase.english());
    };
  }

  /** Every key that this language has a text for; empty for English, whose texts are in code. */
  static Map<String, String> chinese() {
    return Chinese.TEXTS;
  }

  private static Map<String, String> load(String resource) {
    Properties texts = new Properties();
    try (InputStream in = Tongue.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the build");
      }
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return texts.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                entry -> entry.getKey().toString(), entry -> entry.getValue().toString()));
  }
}
