/** WordNet and the taxonomies that were uploaded. */
@NullMarked
package io.taxoscope.taxonomyservice.taxonomies;

import org.jspecify.annotations.NullMarked;
