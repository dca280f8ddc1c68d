/**
 * Links by which somebody without an account reads the report of a child: guardians make them and
 * see when they were used ({@link org.smileadventure.query.share.SharesEndpoint}), and whoever has
 * one reads with it ({@link org.smileadventure.query.share.SharedEndpoint}).
 */
package org.smileadventure.query.share;
