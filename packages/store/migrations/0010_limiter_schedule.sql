ALTER TABLE "rate_buckets" ADD COLUMN "last_at" timestamp with time zone;
--> statement-breakpoint
-- The former let two requests go at once after each wait for a window. One of them was missing from the windows between, and
-- the pair came back every minute.
-- Takes one permit, or tells how long to wait (milliseconds). A request counts from its permit until a window after its
-- end: the target saw it somewhere in between, so by the target's count too no window ever holds more than is allowed,
-- however long requests take to get there. A function, because each of its statements must see what was committed while
-- it waited for the lock.
CREATE OR REPLACE FUNCTION take_permit(
  p_connection uuid, p_bucket text, p_per_minute int, p_per_second int, p_concurrent int, p_lease interval
) RETURNS TABLE (permit bigint, wait_ms float8) LANGUAGE plpgsql AS $$
DECLARE
  -- Clocks tick in milliseconds on the other side.
  minute CONSTANT interval := interval '60.01 seconds';
  second CONSTANT interval := interval '1.01 seconds';
  pace CONSTANT interval := interval '60 seconds' / p_per_minute;
  rest CONSTANT interval := interval '75 seconds';
  made_up_for CONSTANT interval := interval '10 seconds';
  look_again CONSTANT interval := interval '40 milliseconds';
  t timestamptz;
  free_at timestamptz;
  window_at timestamptz;
  held timestamptz;
  due timestamptz;
  last timestamptz;
  may_go_ahead int;
BEGIN
  INSERT INTO rate_buckets (connection_id, bucket, next_at, ahead)
  VALUES (p_connection, p_bucket, clock_timestamp(), p_per_minute) ON CONFLICT DO NOTHING;
  SELECT b.next_at, b.last_at, b.ahead INTO due, last, may_go_ahead FROM rate_buckets b
  WHERE b.connection_id = p_connection AND b.bucket = p_bucket FOR UPDATE;
  t := clock_timestamp();
  free_at := t;

  SELECT p.until INTO held FROM rate_pauses p WHERE p.connection_id = p_connection;
  free_at := greatest(free_at, held);

  -- When the window let go of one tells what is late.
  DELETE FROM rate_permits r
  WHERE r.connection_id = p_connection AND r.bucket = p_bucket AND r.held_until < t - minute - made_up_for;

  -- The nth newest decides: while it is inside the window, n are. One that is in flight counts for a window from now at least.
  SELECT r.held_until INTO held FROM rate_permits r WHERE r.connection_id = p_connection AND r.bucket = p_bucket
  ORDER BY r.held_until DESC OFFSET p_per_minute - 1 LIMIT 1;
  IF FOUND THEN
    window_at := least(held, t) + minute;
    free_at := greatest(free_at, window_at);
  END IF;
  IF p_per_second IS NOT NULL THEN
    SELECT r.held_until INTO held FROM rate_permits r WHERE r.connection_id = p_connection AND r.bucket = p_bucket
    ORDER BY r.held_until DESC OFFSET p_per_second - 1 LIMIT 1;
    IF FOUND THEN free_at := greatest(free_at, least(held, t) + second); END IF;
  END IF;
  IF p_concurrent IS NOT NULL THEN
    SELECT r.held_until INTO held FROM rate_permits r WHERE r.connection_id = p_connection AND r.bucket = p_bucket
    ORDER BY r.held_until DESC OFFSET p_concurrent - 1 LIMIT 1;
    -- When it ends nobody knows.
    IF held > t THEN free_at := greatest(free_at, t + look_again); END IF;
  END IF;

  -- After a rest all of a minute's requests may go at once; after that they go at an even pace, since a burst would come
  -- back as a burst a minute later, and leave the time in between unused. Who comes late goes at twice the pace until the
  -- time is made up for. Who had to wait for the window is not late: the pace begins anew there.
  IF last < t - rest THEN may_go_ahead := p_per_minute; END IF;
  IF may_go_ahead <= 0 THEN free_at := greatest(free_at, due, last + pace / 2); END IF;

  IF free_at > t THEN
    RETURN QUERY SELECT NULL::bigint, (extract(epoch FROM free_at - t) * 1000)::float8;
    RETURN;
  END IF;

  UPDATE rate_buckets b
  SET next_at = CASE WHEN may_go_ahead > 0 THEN t ELSE greatest(due, window_at, t - made_up_for) END + pace,
    last_at = t, ahead = greatest(may_go_ahead - 1, 0)
  WHERE b.connection_id = p_connection AND b.bucket = p_bucket;
  RETURN QUERY
    INSERT INTO rate_permits AS r (connection_id, bucket, held_until) VALUES (p_connection, p_bucket, t + p_lease)
    RETURNING r.id, 0::float8;
END
$$;
