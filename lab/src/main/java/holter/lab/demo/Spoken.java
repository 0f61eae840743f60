package holter.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import holter.server.json.CoreJson;
import holter.server.text.Tongue;
import holter.words.Phrase;
import holter.words.Sentence;

/** What the API says, in the language of the telling. */
record Spoken(Tongue tongue) {
  static Spoken in(String lang) {
    return new Spoken(Tongue.of(lang).orElse(Tongue.EN));
  }

  /** A sentence of the API. */
  String sentence(JsonNode sentence) {
    return tongue.say(CoreJson.mapper().convertValue(sentence, Sentence.class));
  }

  /** What a name stands for; a name that is not known as it is. */
  String word(Phrase[] known, String name) {
    for (var phrase : known) {
      if (phrase.name().equalsIgnoreCase(name)) {
        return tongue.say(phrase);
      }
    }
    return name;
  }
}
