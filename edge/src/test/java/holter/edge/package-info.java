/** Claims about the DAC, shown on a process of its own. */
@NullMarked
package holter.edge;

import org.jspecify.annotations.NullMarked;
