/**
 * Real PostgreSQL, Redis and Kafka on the loopback address, for tests, the demo and benchmarks.
 *
 * <p>{@link org.smileadventure.localstack.LocalStack} starts all three; {@link
 * org.smileadventure.localstack.PostgresServer}, {@link org.smileadventure.localstack.RedisServer}
 * and {@link org.smileadventure.localstack.KafkaServer} are single servers that a fault test can
 * stop, kill and start again.
 *
 * <p>Kafka in this JVM logs through SLF4J and is talkative, even of what is no trouble: set the
 * loggers {@code org.apache.kafka} and {@code kafka} to ERROR, and {@code
 * kafka.server.ControllerApis} to OFF, where that disturbs.
 */
@NullMarked
package org.smileadventure.localstack;

import org.jspecify.annotations.NullMarked;
