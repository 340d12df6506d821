package io.taxoscope.activationservice.datasets;

import io.taxoscope.support.sources.SourceError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a bucket.
 *
 * @param key of one object, or what the keys of several begin with; may be empty
 */
record S3Location(String bucket, String key) {
    private static final Pattern FORM = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");

    static S3Location of(String address) {
        Matcher matcher = FORM.matcher(address);
        if (!matcher.matches()) {
            throw SourceError.SOURCE_INVALID.at("source.s3", "'" + address + "' is no s3://bucket/prefix");
        }
        return new S3Location(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
    }

    /** What keys of a folder begin with. */
    String prefix() {
        return key.isEmpty() || key.endsWith("/") ? key : key + "/";
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
