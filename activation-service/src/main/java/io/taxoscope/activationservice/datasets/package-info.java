/** Registered datasets: every image read, checked and kept in the store. */
@NullMarked
package io.taxoscope.activationservice.datasets;

import org.jspecify.annotations.NullMarked;
