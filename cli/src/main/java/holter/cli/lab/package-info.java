/** The verbs that run the lab: {@code demo} and {@code lab}. */
@NullMarked
package holter.cli.lab;

import org.jspecify.annotations.NullMarked;
