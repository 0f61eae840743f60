/** The facts that the simulator shares with a real cluster, tried on either of them. */
@NullMarked
package holter.lab.kube.fact;

import org.jspecify.annotations.NullMarked;
