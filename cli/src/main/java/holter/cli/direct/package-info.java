/** Verbs that look at a cluster directly: nothing installed there, nothing written unasked. */
@NullMarked
package holter.cli.direct;

import org.jspecify.annotations.NullMarked;
