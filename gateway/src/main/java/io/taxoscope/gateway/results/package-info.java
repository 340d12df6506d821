/** What an experiment found: layers, features, exports. */
@NullMarked
package io.taxoscope.gateway.results;

import org.jspecify.annotations.NullMarked;
