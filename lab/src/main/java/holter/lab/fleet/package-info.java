/** Workers as real processes, the truth about each, and the runner that restarts them. */
@NullMarked
package holter.lab.fleet;

import org.jspecify.annotations.NullMarked;
