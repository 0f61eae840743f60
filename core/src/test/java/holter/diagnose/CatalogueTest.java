package holter.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** What the catalogue promises of every entry. */
class CatalogueTest {
  @Test
  void everyCauseIsThereOnce() {
    var codes = Catalogue.ALL.stream().map(Cause::code).toList();
    assertThat(codes).doesNotHaveDuplicates();
    assertThat(codes).containsAll(EnumSet.allOf(CauseCode.class));
  }

  @Test
  void everyEntrySaysWhatHelpsFirstAndWhatHelpsForGood() {
    for (var cause : Catalogue.ALL) {
      if (cause instanceof Entry entry) {
        var names = entry.helps().stream().map(aid -> aid.name()).toList();
        String code = entry.code().name();
        assertThat(names).as(code).startsWith(code + "_FIRST").endsWith(code + "_ROOT");
      }
    }
  }

  @Test
  void noCauseExplainsOneThatExplainsIt() {
    for (var cause : Catalogue.ALL) {
      for (var other : Catalogue.ALL) {
        var both = new HashSet<>(cause.explains());
        boolean circle = both.contains(other.code()) && other.explains().contains(cause.code());
        assertThat(circle).as(cause.code() + " and " + other.code()).isFalse();
      }
    }
  }

  @Test
  void nothingObservedHintsAtNothing() {
    var diagnosis = Diagnoser.diagnose(java.util.List.of(), Evidence.NOW_MS);
    assertThat(diagnosis.found()).isEmpty();
    assertThat(diagnosis.ruledOut()).isEmpty();
  }
}
