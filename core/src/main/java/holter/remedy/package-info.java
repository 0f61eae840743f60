/** What would help: plans as data, who consented, and what comes next. Applies nothing itself. */
@NullMarked
package holter.remedy;

import org.jspecify.annotations.NullMarked;
