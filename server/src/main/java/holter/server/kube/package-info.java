/**
 * The Kubernetes that a fleet runs on: its pods as a runner, their exits, and a Lease object by
 * which orchestrators agree on who leads. No call is repeated by the client: a request that was
 * refused must not come true later, when it was judged anew.
 */
@NullMarked
package holter.server.kube;

import org.jspecify.annotations.NullMarked;
