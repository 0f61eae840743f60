/** Parts of the orchestrator that are tried on the simulated Kubernetes. */
@NullMarked
package holter.server;

import org.jspecify.annotations.NullMarked;
