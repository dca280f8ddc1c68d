package org.smileadventure.common.dependency;

import java.util.function.BooleanSupplier;

/**
 * A server that the service needs.
 *
 * @param name as metrics have it: {@code postgres}, {@code redis} or {@code kafka}
 * @param answers asks it now, and gives up after a few seconds
 */
public record Dependency(String name, BooleanSupplier answers) {}
