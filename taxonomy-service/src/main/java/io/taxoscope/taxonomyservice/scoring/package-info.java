/** Scorings: jobs that write the scores of every latent, and the questions about them. */
@NullMarked
package io.taxoscope.taxonomyservice.scoring;

import org.jspecify.annotations.NullMarked;
