package io.taxoscope.support.jobs;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Version 7 UUIDs (RFC 9562, section 5.7): they sort by the time they were made, to the millisecond. */
final class JobIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private JobIds() {}

    static String next(Instant now) {
        long high = (now.toEpochMilli() << 16) | 0x7000L | (RANDOM.nextLong() & 0x0fffL);
        long low = 0x8000000000000000L | (RANDOM.nextLong() & 0x3fffffffffffffffL);
        return new UUID(high, low).toString();
    }
}
