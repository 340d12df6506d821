/** Serves WordNet and uploaded taxonomies, and scores latents against it. */
@NullMarked
package io.taxoscope.taxonomyservice;

import org.jspecify.annotations.NullMarked;
