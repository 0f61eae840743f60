/** Verbs that only ask a running server over HTTP; no class of Kafka's is on their path. */
@NullMarked
package holter.cli.remote;

import org.jspecify.annotations.NullMarked;
