package org.smileadventure.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;

/** How a server process is asked to end in an orderly way. */
enum StopSignal {
  TERM {
    @Override
    void send(ProcessHandle process) {
      process.destroy();
    }
  },

  /** PostgreSQL's fast shutdown; TERM would wait for its clients to leave. */
  INT {
    @Override
    void send(ProcessHandle process) {
      try {
        // the shell's own kill: small images have no program of that name
        new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  };

  abstract void send(ProcessHandle process);
}
