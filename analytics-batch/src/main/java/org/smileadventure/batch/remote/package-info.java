/**
 * Where the partitions of a step run: in threads, or on other machines that Kafka asks.
 *
 * <p>{@link org.smileadventure.batch.remote.PartitionHandlers} is the way in. Of
 * spring-batch-integration this uses the request and what runs it ({@code StepExecutionRequest},
 * {@code StepExecutionRequestHandler}), and not its channels, {@code
 * MessageChannelPartitionHandler} and {@code RemotePartitioningManagerStepBuilder}: these send a
 * request and wait, and would need adapters of spring-integration-kafka beside all that is here.
 * What they lack is the bulk of this package:
 *
 * <ul>
 *   <li>Taking over from a dead worker: a request stays in Kafka until its partition has ended
 *       ({@link org.smileadventure.batch.remote.PartitionRequestListener}), and who gets it again
 *       waits for the lock of the one who had it, then goes on from its last commit ({@link
 *       org.smileadventure.batch.remote.PartitionRunner}).
 *   <li>A manager that asks the job repository how partitions do, in one query, that can be stopped
 *       while no worker is there, and whose successor needs no replies ({@link
 *       org.smileadventure.batch.remote.RemotePartitionHandler}).
 * </ul>
 */
package org.smileadventure.batch.remote;
