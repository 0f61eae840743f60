/** Detectors of the field beside ours, the scenarios they are compared on, and the table. */
@NullMarked
package holter.lab.bench;

import org.jspecify.annotations.NullMarked;
