/** The emulated network behaves as a real one would. */
@NullMarked
package holter.lab.net;

import org.jspecify.annotations.NullMarked;
