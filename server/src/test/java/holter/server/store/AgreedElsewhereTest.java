package holter.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import holter.server.json.CoreJson;
import holter.server.port.Lease;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose leader is agreed elsewhere. */
class AgreedElsewhereTest {
  @TempDir Path dir;

  /** Gives out what it is told to. */
  private record Given(long epoch) implements Lease {
    @Override
    public long lead() {
      return epoch;
    }

    @Override
    public boolean renew() {
      return epoch > 0;
    }

    @Override
    public boolean leads() {
      return epoch > 0;
    }
  }

  private StoreAddress file() {
    return StoreAddress.sqlite("jdbc:sqlite:" + dir.resolve("h.db"));
  }

  private Store agreed(long epoch) {
    return Store.open(file(), CoreJson.mapper(), soFar -> new Given(epoch));
  }

  @Test
  void itsEpochIsTheLeases() {
    try (Store store = agreed(7)) {
      assertThat(store.leads()).isTrue();
      assertThat(store.leaderEpoch()).isEqualTo(7);
    }
  }

  @Test
  void whoDoesNotGetTheLeaseStandsByAndWritesNothing() {
    try (Store store = agreed(0)) {
      assertThat(store.leads()).isFalse();
      store.note("n", 1);
      assertThat(store.waiting()).isZero();
    }
  }

  @Test
  void anEpochIsGreaterThanThoseBeforeWhoeverAgreedOnThem() {
    try (Store store = agreed(7)) {
      assertThat(store.leaderEpoch()).isEqualTo(7);
    }
    try (Store store = Store.open(file(), CoreJson.mapper())) {
      assertThat(store.leaderEpoch()).isEqualTo(8);
    }
    LongSupplier[] soFar = new LongSupplier[1];
    try (Store store =
        Store.open(
            file(),
            CoreJson.mapper(),
            known -> {
              soFar[0] = known;
              return new Given(known.getAsLong() + 1);
            })) {
      assertThat(store.leaderEpoch()).isEqualTo(9);
      assertThat(soFar[0].getAsLong()).isEqualTo(9);
    }
  }
}
