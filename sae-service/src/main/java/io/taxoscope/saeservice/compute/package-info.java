/** Which kernel does the arithmetic, and with how many threads. */
@NullMarked
package io.taxoscope.saeservice.compute;

import org.jspecify.annotations.NullMarked;
