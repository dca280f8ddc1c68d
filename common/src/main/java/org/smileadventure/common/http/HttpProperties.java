package org.smileadventure.common.http;

import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call from a browser.
 *
 * @param allowedOrigins the sites whose pages may, as {@code https://app.example.org}; none by
 *     default
 */
@Validated
@ConfigurationProperties("smile.http")
record HttpProperties(@DefaultValue List<@NotBlank String> allowedOrigins) {}
