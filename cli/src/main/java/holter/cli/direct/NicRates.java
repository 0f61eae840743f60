package holter.cli.direct;

import holter.cli.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast hosts' networks are, as a user says it: {@code iota-n2=1G} is a gigabit per second. */
final class NicRates {
  private static final Pattern FORM =
      Pattern.compile("([^=]+)=([0-9]{1,6}(?:\\.[0-9]{1,3})?)([kMG])(?:bit)?");

  private static final Map<String, Double> BITS = Map.of("k", 1e3, "M", 1e6, "G", 1e9);
  private static final int BITS_PER_BYTE = 8;

  private NicRates() {}

  /**
   * Bytes per second, by host.
   *
   * @throws Refusal when one is written otherwise
   */
  static Map<String, Double> bytesPerS(List<String> given) {
    var rates = new HashMap<String, Double>();
    for (String each : given) {
      Matcher form = FORM.matcher(each);
      if (!form.matches()) {
        throw Refusal.usage(
            "no rate of a network: " + each,
            "it is HOST=RATE, in bits per second",
            "--nic iota-n2=1G,iota-m2=100M");
      }
      double bits = Double.parseDouble(form.group(2)) * BITS.getOrDefault(form.group(3), 1.0);
      rates.put(form.group(1), bits / BITS_PER_BYTE);
    }
    return rates;
  }
}
