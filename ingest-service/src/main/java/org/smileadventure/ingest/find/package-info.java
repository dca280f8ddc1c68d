/**
 * Where is this event? On the topic, in quarantine, stored, in its session, in the answers. It
 * reads all of these places and changes nothing.
 */
package org.smileadventure.ingest.find;
