package org.smileadventure.batch.remote;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Bound so that a role that does not exist keeps the service from starting. */
@ConfigurationProperties("smile.batch")
public record RoleProperties(Role role) {}
