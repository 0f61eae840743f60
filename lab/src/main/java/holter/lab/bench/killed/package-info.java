/** Plans that are carried out by processes which are killed, and what they must come to. */
@NullMarked
package holter.lab.bench.killed;

import org.jspecify.annotations.NullMarked;
