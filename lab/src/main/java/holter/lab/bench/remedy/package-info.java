/** Plans for nodes and pods against the simulated scheduler, and against the best there is. */
@NullMarked
package holter.lab.bench.remedy;

import org.jspecify.annotations.NullMarked;
