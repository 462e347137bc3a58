-- Counts one call in each bucket (KEYS), until one is empty. A bucket is kept as the moment,
-- in microseconds, at which it will be full again: each call moves that moment on by the
-- interval between two calls, up to one window from now (the generic cell rate algorithm).
-- ARGV holds the interval and the window of each bucket, in microseconds; an interval below nothing
-- gives a call back. Returns how many
-- calls were counted, and for how long the one after them has to wait.
-- The clock is this server's, so that it does not matter whether those who ask agree on it.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
for i, bucket in ipairs(KEYS) do
	local interval, window = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
	local full = tonumber(redis.call('GET', bucket) or now)
	-- never further than a window, even if the clock was set back
	full = math.max(now, math.min(full, now + window)) + interval
	if full > now + window then
		return {i - 1, full - now - window}
	end
	redis.call('SET', bucket, string.format('%.0f', full), 'PX', math.max(1, math.ceil((full - now) / 1000)))
end
return {#KEYS, 0}
