package org.smileadventure.benchmarks;

/** What a contender did, and the processor time that it and the servers used for it. */
record Measured(String contender, long events, double seconds, Testbed.Used used) {

  double eventsPerSecond() {
    return events / seconds;
  }
}
