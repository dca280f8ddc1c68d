/** A child's sessions as statements of the Experience API, for other systems to fetch. */
package org.smileadventure.query.statement;
