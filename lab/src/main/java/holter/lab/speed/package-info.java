/** How fast Holter takes beats in and tells verdicts, on this machine and a real broker. */
@NullMarked
package holter.lab.speed;

import org.jspecify.annotations.NullMarked;
