/** WordNet 3.0 nouns, the hierarchy above a set of labels, and similarities of its synsets. */
@NullMarked
package io.taxoscope.taxonomy;

import org.jspecify.annotations.NullMarked;
