/** What would help: remedies as data for a person to read. Applies nothing. */
@NullMarked
package holter.remedy;

import org.jspecify.annotations.NullMarked;
