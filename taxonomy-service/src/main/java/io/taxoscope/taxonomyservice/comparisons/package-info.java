/** Comparisons: jobs that look for the latents of one scoring in another, and the questions about them. */
@NullMarked
package io.taxoscope.taxonomyservice.comparisons;

import org.jspecify.annotations.NullMarked;
