/** Claims about the comparison of live and simulated runs. */
@NullMarked
package holter.lab.agree;

import org.jspecify.annotations.NullMarked;
