/** Bytes that come into the service: uploads, files that it can read, addresses that it can fetch. */
@NullMarked
package io.taxoscope.activationservice.sources;

import org.jspecify.annotations.NullMarked;
