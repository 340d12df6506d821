/** The services behind the gateway, as Java interfaces over HTTP. */
@NullMarked
package io.taxoscope.gateway.services;

import org.jspecify.annotations.NullMarked;
