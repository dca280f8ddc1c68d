package org.smileadventure.batch.population;

/** Where a child is counted or would be: a node of the graph of docs/population.md. */
sealed interface Node permits CandidateCell, PublishedCell, Node.Nowhere {
  enum Nowhere implements Node {
    NOWHERE
  }
}
