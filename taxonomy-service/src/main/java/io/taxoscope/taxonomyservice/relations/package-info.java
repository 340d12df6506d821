/** Relation analyses: jobs that relate the latents of one scoring, and the questions about them. */
@NullMarked
package io.taxoscope.taxonomyservice.relations;

import org.jspecify.annotations.NullMarked;
