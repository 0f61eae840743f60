package holter.server.store;

import holter.server.directory.Route;
import holter.server.json.CoreJson;
import java.util.concurrent.TimeUnit;

/** Writes one route again and again and tells each epoch that is on disk; killed from outside. */
final class StoreChild {
  private StoreChild() {}

  public static void main(String[] args) throws Exception {
    try (Store store = Store.open(StoreAddress.sqlite(args[0]), CoreJson.mapper())) {
      for (long epoch = 1; epoch < 100_000; epoch++) {
        store.route(route(epoch)).get(10, TimeUnit.SECONDS);
        System.out.println(epoch);
      }
    }
  }

  static Route route(long epoch) {
    return new Route(
        "a1b2c3d4",
        "dac-07",
        new Route.Fence(epoch, 3, 1),
        "iota-n2:7400",
        true,
        epoch,
        1_675_332_341_502L,
        1_675_332_341_502L,
        "kafka");
  }
}
