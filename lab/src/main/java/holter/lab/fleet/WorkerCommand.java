package holter.lab.fleet;

import holter.lab.process.ChildSpec;
import holter.lab.process.FakeClock;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How each life of a worker is started, and how it is spoken to.
 *
 * @param spec of the process
 * @param answerAt where an agent answers the lab directly, beside every emulated network; empty for
 *     foreign senders
 * @param stdin the pipe that is its standard input, if it takes commands
 */
record WorkerCommand(ChildSpec spec, Optional<URI> answerAt, Optional<Path> stdin) {
  /** The same, its lives under a wall clock that the lab can step. */
  WorkerCommand withItsOwnClock() {
    return new WorkerCommand(FakeClock.under(spec), answerAt, stdin);
  }
}
