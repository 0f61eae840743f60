/** Real brokers on emulated hosts, faults, scenarios; the truth about what was broken. */
@NullMarked
package holter.lab;

import org.jspecify.annotations.NullMarked;
