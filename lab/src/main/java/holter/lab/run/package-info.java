/** Runs a scenario on a real cluster, watches Holter from outside, and scores what it did. */
@NullMarked
package holter.lab.run;

import org.jspecify.annotations.NullMarked;
