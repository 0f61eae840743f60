package holter.engine;

import holter.channel.Channel;
import holter.detect.ActionGate;

/** What the parts of the engine share. */
record World(
    EngineSettings settings,
    Fleet fleet,
    Channel channel,
    ActionGate gate,
    Observer observer,
    Outbox outbox) {}
