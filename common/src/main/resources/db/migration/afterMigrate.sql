-- At every start of a service: partitions for devices that come back after a while offline, and for
-- the months to come. A service starts without them too.
SELECT try_session_event_partitions((now() - interval '3 months')::date, (now() + interval '3 months')::date);
