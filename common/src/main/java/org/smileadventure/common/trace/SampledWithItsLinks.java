package org.smileadventure.common.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Records what its caller records, and a share of what has no caller; and what is linked to
 * something recorded, or the way of an event would mostly end in Kafka.
 */
final class SampledWithItsLinks implements Sampler {
  private final Sampler otherwise;

  /**
   * @param share from 0 (none) to 1 (all)
   */
  SampledWithItsLinks(double share) {
    otherwise = Sampler.parentBased(Sampler.traceIdRatioBased(share));
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    for (var link : links) {
      if (link.getSpanContext().isSampled()) {
        return SamplingResult.recordAndSample();
      }
    }
    return otherwise.shouldSample(parent, traceId, name, kind, attributes, links);
  }

  @Override
  public String getDescription() {
    return "with its links, or " + otherwise.getDescription();
  }
}
