/** The score sheet of cases: arithmetic, kept results, the table. */
@NullMarked
package holter.lab.score;

import org.jspecify.annotations.NullMarked;
