/** From observations to causes: what speaks for each, what rules it out, what was not asked. */
@NullMarked
package holter.diagnose;

import org.jspecify.annotations.NullMarked;
