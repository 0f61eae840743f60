package holter.lab.adapters;

import holter.server.json.CoreJson;
import holter.server.store.Store;
import holter.server.store.StoreAddress;
import java.util.concurrent.TimeUnit;

/** Leads as far as it can and says ten times a second whether it does; killed from outside. */
final class LeaderChild {
  private LeaderChild() {}

  public static void main(String[] args) throws Exception {
    try (Store store = Store.open(new StoreAddress(args[0], args[1], ""), CoreJson.mapper())) {
      while (true) {
        System.out.println(System.currentTimeMillis() + " " + store.leads());
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }
}
