/** Experiments over HTTP. */
@NullMarked
package io.taxoscope.gateway.endpoints;

import org.jspecify.annotations.NullMarked;
