/** What relations and comparisons share: finished scorings with all that they rest on, bulk rows, keyset pages. */
@NullMarked
package io.taxoscope.taxonomyservice.dictionaries;

import org.jspecify.annotations.NullMarked;
