/** One class per verb; prints data on stdout and progress on stderr. */
@NullMarked
package holter.cli;

import org.jspecify.annotations.NullMarked;
