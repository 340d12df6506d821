/** Measurements, run by hand: see bench/README.md. */
@NullMarked
package io.taxoscope.bench;

import org.jspecify.annotations.NullMarked;
