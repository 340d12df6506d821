/** Contract of taxonomy-service: synsets, labels, hierarchy scores. */
@NullMarked
package io.taxoscope.api.taxonomy;

import org.jspecify.annotations.NullMarked;
