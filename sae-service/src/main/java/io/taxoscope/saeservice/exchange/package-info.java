/** SAEs in and out of the platform, their parity, and codes of a few rows at once. */
@NullMarked
package io.taxoscope.saeservice.exchange;

import org.jspecify.annotations.NullMarked;
