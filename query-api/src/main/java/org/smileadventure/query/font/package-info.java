/** The fonts that come with the service: {@link org.smileadventure.query.font.ShippedFonts}. */
package org.smileadventure.query.font;
