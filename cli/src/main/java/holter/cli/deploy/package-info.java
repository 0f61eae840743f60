/** What is needed to run Holter on Kubernetes: the files of {@code deploy/}, made to fit. */
@NullMarked
package holter.cli.deploy;

import org.jspecify.annotations.NullMarked;
