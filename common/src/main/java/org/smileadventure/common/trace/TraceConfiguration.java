package org.smileadventure.common.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** What is ours in the traces; the rest is Spring Boot's. */
@Configuration(proxyBeanMethods = false)
public class TraceConfiguration {

  @Bean
  Spans spans(ObjectProvider<OpenTelemetry> telemetry) {
    var sdk = telemetry.getIfAvailable();
    return sdk == null ? Spans.NONE : new Spans(sdk.getTracer(Spans.SCOPE));
  }

  @Configuration(proxyBeanMethods = false)
  @Conditional(Wanted.class)
  static class IfWanted {

    @Bean
    SpanExporters discreetExporters(ObjectProvider<SpanExporter> exporters) {
      return SpanExporters.of(exporters.orderedStream().map(DiscreetExporter::new).toList());
    }

    @Bean
    Sampler samplerOfLinks(TracingProperties properties) {
      return new SampledWithItsLinks(properties.getSampling().getProbability());
    }
  }

  static final class Wanted implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return TracesIfWanted.areWanted(context.getEnvironment());
    }
  }
}
