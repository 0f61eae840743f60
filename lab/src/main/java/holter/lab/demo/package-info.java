/** The incident told in a terminal while it happens, and what it promised to show. */
@NullMarked
package holter.lab.demo;

import org.jspecify.annotations.NullMarked;
