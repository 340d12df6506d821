/** Synsets, labels and similarities over HTTP. */
@NullMarked
package io.taxoscope.taxonomyservice.synsets;

import org.jspecify.annotations.NullMarked;
