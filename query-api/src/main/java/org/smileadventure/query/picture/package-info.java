/**
 * Figures as pictures: which records are drawn ({@link org.smileadventure.query.picture.Picture}),
 * the charts that they become, and these charts as SVG that a page can hold. Knows no report and no
 * page.
 */
package org.smileadventure.query.picture;
