/** The gateway. */
@NullMarked
package io.taxoscope.gateway;

import org.jspecify.annotations.NullMarked;
