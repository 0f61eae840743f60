package holter.diagnose;

/** A fact of one kind, with the observation it came in. */
record Seen<F extends Fact>(Observation observation, F fact) {}
