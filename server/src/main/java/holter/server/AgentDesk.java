package holter.server;

import holter.engine.Input;
import holter.server.directory.Directory;
import holter.server.directory.Registration;
import holter.server.http.AgentServer;

/** What agents send by HTTP, into the directory and the inbox. */
record AgentDesk(Directory directory, Ears ears, Inbox inbox) implements AgentServer.Sink {
  @Override
  public Directory.Outcome register(Registration registration) {
    return directory.apply(registration, "http");
  }

  @Override
  public Input beat(byte[] body) {
    return ears.beat(body);
  }

  @Override
  public boolean tell(Input input) {
    return inbox.offer(input);
  }
}
