package holter.engine;

import holter.detect.DeathProof;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.words.Sentence;

/**
 * A restart to be carried out at most once.
 *
 * @param key idempotency key; the runner answers a repeated key with the first outcome
 * @param instance whom
 * @param expected the life to end; the runner refuses when another one runs
 * @param leaderEpoch the runner refuses an epoch lower than one it has seen
 * @param proof what the death rests on
 * @param why one sentence for log, audit and runner
 */
public record RestartOrder(
    String key,
    InstanceId instance,
    Incarnation expected,
    long leaderEpoch,
    DeathProof proof,
    Sentence why) {}
