/** Passes on what the services answer themselves. */
@NullMarked
package io.taxoscope.gateway.routing;

import org.jspecify.annotations.NullMarked;
