/** Turns beats, paths and probes into verdicts, by three tables of rules. */
@NullMarked
package holter.detect;

import org.jspecify.annotations.NullMarked;
