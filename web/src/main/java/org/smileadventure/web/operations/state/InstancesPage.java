package org.smileadventure.web.operations.state;

import org.smileadventure.web.operations.Part;

/** Which instances run; this one of the pages is not in the list of the others. */
public record InstancesPage(Part<StateApi.Instances> instances, Instance own) {}
