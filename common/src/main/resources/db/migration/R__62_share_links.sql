-- Makes a link to the report of a child. Returns what came of it: not_found, too_many (twenty can be used), or made.
CREATE OR REPLACE FUNCTION make_share(
    viewer bigint, child bigint, digest bytea, label text, window_name text, language text, made timestamptz,
    ends timestamptz, OUT outcome text, OUT share uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
  IF NOT decides(viewer, child) THEN
    outcome := 'not_found';
    RETURN;
  ELSIF (SELECT count(*) FROM share_links s
         WHERE s.child_id = child AND s.revoked_at IS NULL AND s.ends_at > made) >= 20 THEN
    outcome := 'too_many';
    RETURN;
  END IF;
  INSERT INTO share_links AS s (child_id, digest, label, window_name, language, made_by, made_at, ends_at)
  VALUES (child, digest, label, window_name, language, viewer, made, ends)
  RETURNING s.id INTO share;
  INSERT INTO audit_log (actor, actor_role, action, child, detail)
  VALUES (viewer, 'parent', 'share_made', child, share::text);
  outcome := 'made';
END $$;

-- Takes a link back. Returns whether there is such a one.
CREATE OR REPLACE FUNCTION revoke_share(viewer bigint, child bigint, share uuid, revoked timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  IF NOT decides(viewer, child)
    OR NOT EXISTS (SELECT FROM share_links s WHERE s.child_id = child AND s.id = share) THEN
    RETURN false;
  END IF;
  UPDATE share_links s SET revoked_at = revoked
  WHERE s.child_id = child AND s.id = share AND s.revoked_at IS NULL;
  IF FOUND THEN
    INSERT INTO audit_log (actor, actor_role, action, child, detail)
    VALUES (viewer, 'parent', 'share_revoked', revoke_share.child, share::text);
  END IF;
  RETURN true;
END $$;

-- Looks by the link with the token of this digest, and puts that on record; but a picture belongs to the look
-- of the ten minutes before it. Returns what came of it: not_found, over (it has ended or was revoked, who made it
-- does not decide about the child any more, or the child's data may not be used), or open, with whom to read for.
CREATE OR REPLACE FUNCTION look_by_share(
    token_digest bytea, looked timestamptz, what text,
    OUT outcome text, OUT child bigint, OUT maker bigint, OUT window_name text, OUT language text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  link  share_links;
BEGIN
  SELECT * INTO link FROM share_links s WHERE s.digest = token_digest;
  IF NOT FOUND THEN
    outcome := 'not_found';
    RETURN;
  ELSIF link.revoked_at IS NOT NULL OR link.ends_at <= looked
    OR NOT EXISTS (
      SELECT FROM v_child_access a
      JOIN children c ON c.id = a.child_id AND c.restricted_at IS NULL
      WHERE a.child_id = link.child_id AND a.user_id = link.made_by AND a.as_guardian) THEN
    outcome := 'over';
    RETURN;
  END IF;
  IF look_by_share.what <> 'picture' OR NOT EXISTS (
    SELECT FROM share_looks l
    WHERE l.child_id = link.child_id AND l.share = link.id AND l.at > looked - interval '10 minutes') THEN
    INSERT INTO share_looks (child_id, share, at, what) VALUES (link.child_id, link.id, looked, look_by_share.what);
    INSERT INTO audit_log (actor_role, action, child, detail)
    VALUES ('system', 'share_look', link.child_id, look_by_share.what || ' by ' || link.id);
  END IF;
  outcome := 'open';
  child := link.child_id;
  maker := link.made_by;
  window_name := link.window_name;
  language := link.language;
END $$;
