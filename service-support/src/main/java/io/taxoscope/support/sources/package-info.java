/** Bytes that a request names: uploads, files that the service can read, addresses that it can fetch. */
@NullMarked
package io.taxoscope.support.sources;

import org.jspecify.annotations.NullMarked;
